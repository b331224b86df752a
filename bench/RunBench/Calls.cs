using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler.Bench;

/// <summary>One small model, one thread, called by hand and through what generated classes call; all in turn, so that the machine's moods meet all alike.</summary>
internal static class Calls
{
    private const int Rounds = 201;
    private const int RunsOfARound = 200;

    private static readonly long[] InputShape = [1, 1, 28, 28];

    public static void Measure(string path)
    {
        var input = new float[28 * 28];
        var output = new float[10];
        for (var index = 0; index < input.Length; index++)
            input[index] = MathF.Abs(index * 7919 % 255 / 255f);

        using var hand = new ByHand(path);
        using var session = ModelSession.Load(Definition, ModelSource.File(path), configure: static options => Configure(options));
        (string Name, Action Call)[] ways =
        [
            ("by hand, a binding made once", () => hand.Bound(input, output)),
            ("by hand, values made in each call", () => hand.Fresh(input, output)),
            ("Run(input, output)", () => Run(session, input, output)),
            ("Run(input)", () => RunReturning(session, input)),
            ("Classify(input)", () => Classify(session, input)),
        ];
        var times = ways.Select(_ => new double[Rounds]).ToArray();
        foreach (var (_, call) in ways)
            Repeat(call, 2000);
        for (var round = 0; round < Rounds; round++)
        {
            for (var way = 0; way < ways.Length; way++)
                times[way][round] = Repeat(ways[way].Call, RunsOfARound);
        }

        Console.WriteLine($"{Environment.MachineName}, {Environment.ProcessorCount} processors, 1 thread, n={Rounds} rounds of {RunsOfARound} runs in turn");
        Console.WriteLine($"{"",-36}{"median",10}{"over the first",18}{"bytes a call",16}");
        var first = Median(times[0]);
        for (var way = 0; way < ways.Length; way++)
        {
            var difference = Median([.. times[way].Zip(times[0], (one, other) => one - other)]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ways[way].Name,-36}{Median(times[way]),7:0.00} µs{difference,8:+0.00;−0.00} µs {difference / first * 100,5:+0.0;−0.0} %{Allocated(ways[way].Call),12:0}"));
        }
    }

    private static ModelDefinition Definition { get; } = new("digits")
    {
        Inputs = [TensorSpec.Of<float>("image", InputShape)],
        Outputs = [TensorSpec.Of<float>("probabilities", 1, 10)],
    };

    // As the generated methods do it.
    private static void Run(ModelSession session, ReadOnlySpan<float> input, Span<float> output)
    {
        using var call = session.Rent();
        call.SetInput(0, input);
        call.Run();
        call.CopyOutput(0, output);
    }

    private static ModelTensor<float> RunReturning(ModelSession session, ReadOnlySpan<float> input)
    {
        using var call = session.Rent();
        call.SetInput(0, input);
        call.Run();
        return call.ReadOutput<float>(0);
    }

    private static Classification<int> Classify(ModelSession session, ReadOnlySpan<float> input)
    {
        using var call = session.Rent();
        call.SetInput(0, input);
        call.Run();
        return ClassScores.Best<int>(call.Output<float>(0), ScoreKind.Probabilities);
    }

    private static void Configure(SessionOptions options) => options.IntraOpNumThreads = 1;

    private static double Repeat(Action call, int count)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var run = 0; run < count; run++)
            call();
        return Stopwatch.GetElapsedTime(begun).TotalMicroseconds / count;
    }

    private static double Allocated(Action call)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < 1000; run++)
            call();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 1000.0;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    /// <summary>ONNX Runtime as its documentation shows it, and as fast as it goes.</summary>
    private sealed class ByHand : IDisposable
    {
        private readonly InferenceSession _session;
        private readonly RunOptions _options = new();
        private readonly float[] _input = new float[28 * 28];
        private readonly float[] _output = new float[10];
        private readonly OrtValue _inputValue;
        private readonly OrtValue _outputValue;
        private readonly OrtIoBinding _binding;

        public ByHand(string path)
        {
            using var options = new SessionOptions();
            Configure(options);
            _session = new InferenceSession(path, options);
            _inputValue = OrtValue.CreateTensorValueFromMemory(_input, InputShape);
            _outputValue = OrtValue.CreateTensorValueFromMemory(_output, [1, 10]);
            _binding = _session.CreateIoBinding();
            _binding.BindInput("image", _inputValue);
            _binding.BindOutput("probabilities", _outputValue);
        }

        public void Bound(float[] input, float[] output)
        {
            input.CopyTo(_input, 0);
            _session.RunWithBinding(_options, _binding);
            _output.CopyTo(output, 0);
        }

        public void Fresh(float[] input, float[] output)
        {
            using var value = OrtValue.CreateTensorValueFromMemory(input, InputShape);
            using var results = _session.Run(_options, ["image"], [value], ["probabilities"]);
            results[0].GetTensorDataAsSpan<float>().CopyTo(output);
        }

        public void Dispose()
        {
            _binding.Dispose();
            _inputValue.Dispose();
            _outputValue.Dispose();
            _options.Dispose();
            _session.Dispose();
        }
    }
}
