using System.Diagnostics;

namespace ModelCompiler.Tests.Execution;

/// <summary>Alone in the process, whose memory it measures.</summary>
[Collection(Alone.Name)]
public class ManyThreadsTests
{
    [Fact]
    public void EightThreadsWithTenThousandRunsEachGetRightAnswersAndNoMoreMemory()
    {
        var bytes = new TinyModel().Input("x", TinyModel.Float, "n").Input("k", TinyModel.Float, 4)
            .Output("y", TinyModel.Float, "n").Output("z", TinyModel.Float, 4).Node("Add", ["x", "x"], "y").Node("Mul", ["k", "k"], "z").ToBytes();
        var definition = new ModelDefinition("threads")
        {
            Inputs = [TensorSpec.Of<float>("x", -1), TensorSpec.Of<float>("k", 4)],
            Outputs = [TensorSpec.Of<float>("y", -1), TensorSpec.Of<float>("z", 4)],
        };
        using var session = ModelSession.Load(definition, ModelSource.Bytes(bytes), configure: options => options.IntraOpNumThreads = 1);
        // Allocators take and give back as they like, a leak only takes: a few hundred bytes a run would be 20 MB in each round.
        var growths = new List<long>();
        for (var round = 0; round < 4; round++)
        {
            var before = Memory();
            OnThreads(8, thread => Run(session, thread, round * 10_000, 10_000));
            growths.Add(Memory() - before);
        }

        growths.Min().ShouldBeLessThan(4 << 20);
    }

    private static void Run(ModelSession session, int thread, int first, int count)
    {
        Span<float> open = stackalloc float[7];
        Span<float> fixedValues = stackalloc float[4];
        for (var run = first; run < first + count; run++)
        {
            var length = 1 + (run % 7);
            open.Fill(run + thread);
            fixedValues.Fill(thread);
            using var call = session.Rent();
            call.SetInput(0, (ReadOnlySpan<float>)open[..length], [length]);
            call.SetInput(1, (ReadOnlySpan<float>)fixedValues);
            call.Run();
            var isRight = call.Output<float>(0).Length == length && call.Output<float>(0).IndexOfAnyExcept(2f * (run + thread)) < 0
                && call.Output<float>(1).IndexOfAnyExcept((float)thread * thread) < 0;
            if (!isRight)
                throw new InvalidOperationException($"Thread {thread} got a wrong answer in run {run}.");
        }
    }

    private static void OnThreads(int count, Action<int> work)
    {
        var errors = new Exception?[count];
        var threads = Enumerable.Range(0, count).Select(number => new Thread(() =>
        {
            try
            {
                work(number);
            }
            catch (Exception error)
            {
                errors[number] = error;
            }
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        errors.ShouldAllBe(error => error == null);
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.PrivateMemorySize64;
    }
}
