namespace ModelCompiler.Tests.Results;

public sealed class RegressionTests
{
    private enum Angle
    {
        Yaw,
        Pitch,
    }

    [Fact]
    public void ValuesHaveNames()
    {
        var pose = new Regression<Angle>([1.5f, -20]);

        pose[Angle.Pitch].ShouldBe(-20);
        pose.Values.ToArray().ShouldBe([1.5f, -20]);
        pose.Length.ShouldBe(2);
        pose.ToString().ShouldBe("Yaw 1.5, Pitch -20");
        Should.Throw<ArgumentOutOfRangeException>(() => pose[(Angle)2]).Message.ShouldContain("predicts 2 values");
        Should.Throw<ArgumentException>(() => new Regression<byte>([1])).Message.ShouldContain("enum over int");
    }

    [Fact]
    public void ABatchIsOneForEachSample()
    {
        Regression.Samples([1, 2, 3, 4], 2).ShouldBe([[1, 2], [3, 4]]);
        Regression.Samples<Angle>([1, 2, 3, 4], 2)[1][Angle.Yaw].ShouldBe(3);
        Should.Throw<ArgumentException>(() => Regression.Samples([1, 2, 3], 2)).Message.ShouldContain("3 values are not 2 samples");
        Should.Throw<ArgumentOutOfRangeException>(() => Regression.Samples([1], 0));
    }
}
