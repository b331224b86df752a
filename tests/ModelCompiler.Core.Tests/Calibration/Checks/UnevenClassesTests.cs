using ModelCompiler.Contract;

namespace ModelCompiler.Tests.Calibration.Checks;

public sealed class UnevenClassesTests : IDisposable
{
    private readonly CheckedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OneClassOnlyIsNoMeasure()
    {
        var model = Models.Of(Models.Tensor("x", ElementType.Float32, -1, 4)) with { Classes = 10, Labels = ["a", "b", "c", "d"] };
        _folder.Write("eight.npz", CheckedFolder.Noise(8 * 4), "8, 4", [.. Enumerable.Repeat(3, 8)]);

        var warning = _folder.Check(model, null, "eight.npz").ShouldHaveSingleItem();

        warning.Id.ShouldBe("MC0023");
        warning.Message.ShouldContain("all 8 samples are of class 3 'd', and a model that always answers so would be right every time.");
    }

    [Fact]
    public void ClassesWithoutSamplesAreNamedWhereThereAreSamplesEnough()
    {
        var model = Models.Of(Models.Tensor("x", ElementType.Float32, -1, 4)) with { Classes = 3 };
        _folder.Write("some.npz", CheckedFolder.Noise(29 * 4), "29, 4", [.. Enumerable.Range(0, 29).Select(place => place % 2)]);
        _folder.Write("many.npz", CheckedFolder.Noise(30 * 4), "30, 4", [.. Enumerable.Range(0, 30).Select(place => place % 2)]);

        _folder.Check(model, null, "some.npz").ShouldBeEmpty();
        _folder.Check(model, null, "many.npz").ShouldHaveSingleItem().Message.ShouldContain("1 of 3 have no sample (class 2).");
    }

    [Theory]
    [InlineData(19, false)]
    [InlineData(20, true)]
    public void AClassOfAFewSamplesIsNamedWhereAnotherHasTwentyTimesAsMany(int times, bool warns)
    {
        var model = Models.Of(Models.Tensor("x", ElementType.Float32, -1, 4)) with { Classes = 2 };
        _folder.Write("two.npz", CheckedFolder.Noise(2 * (times + 1) * 4), $"{2 * (times + 1)}, 4", [.. Enumerable.Range(0, 2 * (times + 1)).Select(place => place < 2 ? 1 : 0)]);

        var warnings = _folder.Check(model, null, "two.npz");

        warnings.Select(warning => warning.Id).ShouldBe(warns ? ["MC0023"] : []);
        if (warns)
            warnings[0].Message.ShouldContain("class 0 has 40 samples and class 1 2.");
    }
}
