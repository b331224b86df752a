namespace ModelCompiler.Tests.Calibration.Checks;

public sealed class InputRangeTests : IDisposable
{
    private readonly CheckedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(0.3f, 0.4f, false)] // dark or dull, and yet so spread
    [InlineData(-1, 1, false)]
    [InlineData(0, 255, true)]
    [InlineData(0, 0.003f, true)]
    [InlineData(-2.1f, 2.6f, true)]
    public void TensorsAreComparedWithWhatPixelsBecome(float least, float greatest, bool warns)
    {
        var numbers = CheckedFolder.Noise(8 * 3 * 8 * 8);
        _folder.Write("shares.npz", [.. numbers.Select(number => least + (number * (greatest - least)))], "8, 3, 8, 8");

        var warnings = _folder.Check(Models.Image(Models.Rgb, 1, 3, 8, 8), "shares.npz", null);

        warnings.Select(warning => warning.Id).ShouldBe(warns ? ["MC0025"] : []);
        if (warns)
            warnings[0].Message.ShouldContain("but its preprocessing makes 0 to 1 of pixels.");
    }

    [Fact]
    public void SharesForAModelOfBytesAreNamedWithBothRanges()
    {
        _folder.Write("shares.npz", [0, 1, .. CheckedFolder.Noise((8 * 3 * 8 * 8) - 2)], "8, 3, 8, 8");
        var bytes = Models.Rgb with { Scale = 1, Mean = new([103.94f, 116.78f, 123.68f]), Std = new([1f, 1, 1]) };

        _folder.Check(Models.Image(bytes, 1, 3, 8, 8), null, "shares.npz").ShouldHaveSingleItem().Message.ShouldStartWith(
            "The numbers for the input 'x' in the evaluation data 'shares.npz' reach from 0 to 1, but its preprocessing makes -123.7 to 151.1 of pixels.");
    }
}
