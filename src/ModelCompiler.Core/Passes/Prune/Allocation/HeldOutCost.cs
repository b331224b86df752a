using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>What the model's outputs suffer when this group alone is pruned and the layers behind make up for it, on samples that nothing was fitted to.</summary>
/// <param name="model">The whole model.</param>
/// <param name="distortion">Of its outputs.</param>
/// <param name="widths">Only numbers of units that leave these are asked for.</param>
internal sealed class HeldOutCost(Model model, OutputDistortion distortion, ChannelWidths widths) : IRemovalCost
{
    /// <summary>Of a group's units, how many are gone where the outputs are looked at.</summary>
    private const int Measurements = 6;

    public double? Of(Removal removal)
    {
        if (!IsMeasured(removal.Removed.Count, removal.Group.Units.Count))
            return null;
        using var form = model.Clone();
        var edit = new GraphEdit(form.Graph, "take channels out of the layers that sum over them");
        foreach (var consumer in removal.Consumers)
            consumer.WriteTo(edit);
        new PassContext().Apply(edit);
        return distortion.Of(form);
    }

    /// <summary>At most so many numbers, those that fit the kernels where there are any.</summary>
    private bool IsMeasured(int removed, int units)
    {
        var multiple = widths.MultipleOf(units);
        var step = Math.Max(units >= 2 * multiple ? multiple : 1, (int)Math.Ceiling(units / (Measurements + 1.0)));
        if (units >= 2 * multiple)
            step = (step + multiple - 1) / multiple * multiple;
        return removed % step == units % step || removed == units - 1;
    }
}
