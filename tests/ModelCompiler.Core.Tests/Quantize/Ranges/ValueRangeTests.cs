using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Quantize.Ranges;

public sealed class ValueRangeTests
{
    [Fact]
    public void HoldsTheLeastAndTheGreatestWhereverTheyLie()
    {
        for (var length = 1; length <= 70; length++)
        {
            for (var place = 0; place < length; place++)
            {
                var values = Enumerable.Repeat(1f, length).ToArray();
                values[place] = -2;
                values[length - 1 - place] = values[length - 1 - place] == -2 ? -2 : 3;

                ValueRange.Of(values).ShouldBe(new ValueRange(values.Min(), values.Max()));
            }
        }
    }

    [Fact]
    public void IsNoNumberWhereOneIsNone()
    {
        for (var length = 1; length <= 70; length++)
        {
            for (var place = 0; place < length; place++)
            {
                var values = Enumerable.Range(0, length).Select(i => i == place ? float.NaN : i).ToArray();

                var range = ValueRange.Of(values);

                (double.IsNaN(range.Min), double.IsNaN(range.Max)).ShouldBe((true, true));
            }
        }
    }
}
