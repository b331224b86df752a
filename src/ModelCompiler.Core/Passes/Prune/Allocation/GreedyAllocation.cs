namespace ModelCompiler.Passes;

/// <summary>Shares out what is to go over the groups: each time the group goes further that costs least for the multiply-accumulates it saves.</summary>
/// <param name="curves">Of all groups.</param>
/// <param name="macs">Counts what is left.</param>
/// <param name="removable">Of units, those that can go together.</param>
internal sealed class GreedyAllocation(IReadOnlyList<GroupCurve> curves, ChannelMacs macs, Func<IEnumerable<int>, IReadOnlySet<int>> removable)
{
    /// <summary>The units that go so that no more than <paramref name="most"/> multiply-accumulates are left; null where that cannot be reached.</summary>
    public IReadOnlySet<int>? ForMacs(long most)
    {
        var places = new int[curves.Count];
        while (macs.Without(UnitsAt(places)) > most)
        {
            if (!StepForward(places))
                return null;
        }

        while (StepBack(places, most))
        {
            // The last step may have saved far more than was missing: what costs most and is not needed comes back.
        }

        return UnitsAt(places);
    }

    private IReadOnlySet<int> UnitsAt(int[] places) =>
        removable(curves.SelectMany((curve, group) => curve.Order.Take(curve.Steps[places[group]].Units)));

    private bool StepForward(int[] places)
    {
        var now = macs.Without(UnitsAt(places));
        (int Group, int Place)? best = null;
        var least = double.PositiveInfinity;
        for (var group = 0; group < curves.Count; group++)
        {
            var steps = curves[group].Steps;
            for (var place = places[group] + 1; place < steps.Count; place++)
            {
                var saved = now - macs.Without(UnitsAt(With(places, group, place)));
                var cost = (steps[place].Cost - steps[places[group]].Cost) / saved;
                if (saved > 0 && cost < least)
                    (least, best) = (cost, (group, place));
            }
        }

        if (best is var (chosen, to))
            places[chosen] = to;
        return best is not null;
    }

    private bool StepBack(int[] places, long most)
    {
        (int Group, int Place)? best = null;
        var largest = 0.0;
        for (var group = 0; group < curves.Count; group++)
        {
            var steps = curves[group].Steps;
            for (var place = 0; place < places[group]; place++)
            {
                var gain = steps[places[group]].Cost - steps[place].Cost;
                if (gain > largest && macs.Without(UnitsAt(With(places, group, place))) <= most)
                    (largest, best) = (gain, (group, place));
            }
        }

        if (best is var (chosen, to))
            places[chosen] = to;
        return best is not null;
    }

    private static int[] With(int[] places, int group, int place)
    {
        var changed = (int[])places.Clone();
        changed[group] = place;
        return changed;
    }
}
