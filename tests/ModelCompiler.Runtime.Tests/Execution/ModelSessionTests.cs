using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler.Tests.Execution;

public class ModelSessionTests
{
    [Fact]
    public void RunsOverFixedShapes()
    {
        using var session = Doubling();
        using var call = session.Rent();

        call.SetInput<float>(0, [1, 2, 3]);
        call.Run();

        call.Output<float>(0).ToArray().ShouldBe([2f, 4f, 6f]);
        var copy = new float[3];
        call.CopyOutput<float>(0, copy);
        copy.ShouldBe([2f, 4f, 6f]);
        call.ReadOutput<float>(0).ToString().ShouldBe("Single[1, 3]");
    }

    [Fact]
    public void AfterWarmUpARunAllocatesNothing()
    {
        using var session = Doubling();
        float[] input = [1, 2, 3];
        var output = new float[3];

        Allocation.Of(() => RunOnce(session, input, output)).ShouldBe(0);
        output.ShouldBe([2f, 4f, 6f]);
    }

    [Fact]
    public void OpenAxesTakeAnyLengthAndMayChangeFromRunToRun()
    {
        using var session = Dynamic();
        foreach (var batch in new[] { 2, 3, 3, 1 })
        {
            using var call = session.Rent();
            var input = Enumerable.Range(0, batch * 2).Select(value => (float)value).ToArray();
            call.SetInput<float>(0, input, [batch, 2]);
            call.Run();

            var result = call.ReadOutput<float>(0);
            result.Shape.ToArray().ShouldBe([batch, 2L]);
            result.Values.ToArray().ShouldBe(input.Select(value => value * 2));
        }
    }

    [Fact]
    public void FixedAndOpenOutputsAreToldApart()
    {
        var bytes = new TinyModel().Input("x", TinyModel.Float, "n").Input("k", TinyModel.Int64, 2)
            .Output("first", TinyModel.Int64, 2).Output("second", TinyModel.Float, "n")
            .Node("Add", ["x", "x"], "second").Node("Add", ["k", "k"], "first").ToBytes();
        var definition = new ModelDefinition("two")
        {
            Inputs = [TensorSpec.Of<float>("x", -1), TensorSpec.Of<long>("k", 2)],
            Outputs = [TensorSpec.Of<float>("second", -1), TensorSpec.Of<long>("first", 2)],
        };

        using var session = ModelSession.Load(definition, ModelSource.Bytes(bytes));
        for (var round = 1; round < 4; round++)
        {
            using var call = session.Rent();
            call.SetInput<float>(0, new float[round], [round]);
            call.SetInput<long>(1, [5, round]);
            call.Run();
            call.Output<float>(0).Length.ShouldBe(round);
            call.Output<long>(1).ToArray().ShouldBe([10L, 2 * round]);
        }
    }

    [Fact]
    public void ScalarsHalvesAndBoolsPassThrough()
    {
        var bytes = new TinyModel().Input("h", TinyModel.Float16, 2).Input("b", TinyModel.Bool, 1).Input("s", TinyModel.Int32)
            .Output("h2", TinyModel.Float16, 2).Output("b2", TinyModel.Bool, 1).Output("s2", TinyModel.Int32)
            .Node("Identity", ["h"], "h2").Node("Not", ["b"], "b2").Node("Identity", ["s"], "s2").ToBytes();
        var definition = new ModelDefinition("types")
        {
            Inputs = [TensorSpec.Of<Half>("h", 2), TensorSpec.Of<bool>("b", 1), TensorSpec.Of<int>("s")],
            Outputs = [TensorSpec.Of<Half>("h2", 2), TensorSpec.Of<bool>("b2", 1), TensorSpec.Of<int>("s2")],
        };

        using var session = ModelSession.Load(definition, ModelSource.Bytes(bytes));
        using var call = session.Rent();
        call.SetInput<Half>(0, [(Half)0.5f, Half.MaxValue]);
        call.SetInput<bool>(1, [true]);
        call.SetInput(2, -7);
        call.Run();

        call.Output<Half>(0).ToArray().ShouldBe([(Half)0.5f, Half.MaxValue]);
        call.Output<bool>(1)[0].ShouldBeFalse();
        call.Output<int>(2)[0].ShouldBe(-7);
    }

    [Fact]
    public void WrongLengthsNameInputExpectedAndGiven()
    {
        using var session = Doubling();
        using var call = session.Rent();

        var error = Should.Throw<ArgumentException>(() => call.SetInput<float>(0, [1, 2]));

        error.Message.ShouldContain("'x' float [1, 3] takes 3 values");
        error.Message.ShouldContain("2 were given");
    }

    [Fact]
    public void WrongShapesAndTypesAreRefused()
    {
        using var session = Dynamic();
        using var call = session.Rent();

        Should.Throw<ArgumentException>(() => call.SetInput<float>(0, new float[6], [2, 3])).Message.ShouldContain("'x' float [?, 2] does not accept values of the shape [2, 3]");
        Should.Throw<ArgumentException>(() => call.SetInput<float>(0, new float[6], [2, 2])).Message.ShouldContain("takes 4 values");
        Should.Throw<InvalidOperationException>(() => call.SetInput<int>(0, new int[4], [2, 2])).Message.ShouldContain("Int32");
        Should.Throw<InvalidOperationException>(() => call.Run()).Message.ShouldContain("was not set");
    }

    [Fact]
    public void InputsOfAnEarlierCallAreNotTakenForNew()
    {
        using var session = Doubling();
        RunOnce(session, [1, 2, 3], new float[3]);

        using var call = session.Rent();

        Should.Throw<InvalidOperationException>(() => call.Run()).Message.ShouldContain("'x'");
    }

    [Fact]
    public void ACancelledTokenStopsBeforeTheRun()
    {
        using var session = Doubling();
        using var call = session.Rent();
        call.SetInput<float>(0, [1, 2, 3]);

        Should.Throw<OperationCanceledException>(() => call.Run(new CancellationToken(canceled: true)));

        call.Run(CancellationToken.None);
        call.Output<float>(0)[2].ShouldBe(6);
    }

    [Fact]
    public async Task RunAsyncReturnsTheWorksResult()
    {
        using var session = Doubling();
        using var source = new CancellationTokenSource();

        var result = await session.RunAsync(token => RunOnce(session, [1, 1, 1], new float[3], token)[1], source.Token);

        result.ShouldBe(2);
        await Should.ThrowAsync<OperationCanceledException>(() => session.RunAsync(_ => 1, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void ManyThreadsGetTheirOwnAnswers()
    {
        using var session = Doubling();

        Parallel.For(0, 2000, i => RunOnce(session, [i, i + 1, i + 2], new float[3]).ShouldBe([2f * i, 2f * (i + 1), 2f * (i + 2)]));
    }

    [Fact]
    public void ADisposedModelRefusesFurtherCallsAndLetsRunningOnesEnd()
    {
        var session = Doubling();
        var call = session.Rent();
        session.Dispose();
        session.Dispose();

        Should.Throw<ObjectDisposedException>(() => session.Rent());
        call.SetInput<float>(0, [1, 2, 3]);
        call.Run();
        call.Output<float>(0)[0].ShouldBe(2);
        call.Dispose();
        call.Dispose();
    }

    [Fact]
    public void StringsRunAsOrtValues()
    {
        var bytes = new TinyModel().Input("x", TinyModel.String, 2).Output("y", TinyModel.String, 2).Node("Identity", ["x"], "y").ToBytes();
        using var session = ModelSession.Load(
            new ModelDefinition("text") { Inputs = [TensorSpec.Opaque("x")], Outputs = [TensorSpec.Opaque("y")] }, ModelSource.Bytes(bytes));
        using var input = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [2]);
        input.StringTensorSetElementAt("a", 0);
        input.StringTensorSetElementAt("b", 1);

        using var results = session.Run([input]);

        results[0].GetStringTensorAsArray().ShouldBe(["a", "b"]);
        Should.Throw<ArgumentException>(() => session.Run([])).Message.ShouldContain("1 inputs ('x')");
        session.Dispose();
        Should.Throw<ObjectDisposedException>(() => session.Run([input]));
    }

    [Fact]
    public void AnImageIsPreparedIntoTheInput()
    {
        var bytes = new TinyModel().Input("x", TinyModel.Float, 1, 3, 2, 2).Output("y", TinyModel.Float, 1, 3, 2, 2).Node("Identity", ["x"], "y").ToBytes();
        var definition = new ModelDefinition("image") { Inputs = [TensorSpec.Of<float>("x", 1, 3, 2, 2)], Outputs = [TensorSpec.Of<float>("y", 1, 3, 2, 2)] };
        using var session = ModelSession.Load(definition, ModelSource.Bytes(bytes));
        using var call = session.Rent();
        byte[] pixels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

        var geometry = call.SetImage(0, PixelBuffer.Rgb(pixels, 2, 2), new ImagePreprocessing());
        call.Run();

        geometry.ShouldBe(new ImageGeometry(1, 1, 0, 0));
        call.Output<float>(0).ToArray().ShouldBe([1f, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12]);
        Should.Throw<ArgumentException>(() => call.SetImage(0, PixelBuffer.Rgb(pixels, 4, 1), new ImagePreprocessing())).Message.ShouldContain("4×1");
    }

    private static float[] RunOnce(ModelSession session, ReadOnlySpan<float> input, float[] output, CancellationToken cancellationToken = default)
    {
        using var call = session.Rent();
        call.SetInput(0, input);
        call.Run(cancellationToken);
        call.CopyOutput<float>(0, output);
        return output;
    }

    private static ModelSession Doubling() => Load(
        new ModelDefinition("doubling") { Inputs = [TensorSpec.Of<float>("x", 1, 3)], Outputs = [TensorSpec.Of<float>("y", 1, 3)] }, 1, 3);

    private static ModelSession Dynamic() => Load(
        new ModelDefinition("dynamic") { Inputs = [TensorSpec.Of<float>("x", -1, 2)], Outputs = [TensorSpec.Of<float>("y", -1, 2)] }, "batch", 2);

    private static ModelSession Load(ModelDefinition definition, params object[] axes) => ModelSession.Load(definition, ModelSource.Bytes(
        new TinyModel().Input("x", TinyModel.Float, axes).Output("y", TinyModel.Float, axes).Node("Add", ["x", "x"], "y").ToBytes()));
}
