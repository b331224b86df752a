using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;

namespace ModelCompiler.Tests.Onnx;

/// <summary>Models with random damage are read or refused: never another exception, never memory out of proportion.</summary>
public sealed class FuzzTests
{
    private const int Rounds = 4000;

    public static TheoryData<string> Seeds => new("built", "records", "models/mnist/mnist-cntk.onnx", "models/robustness/qlstm_3-2-3_T3_S1.model.onnx");

    [Theory]
    [MemberData(nameof(Seeds))]
    public void DamageIsReadOrRefused(string seed)
    {
        var original = Seed(seed);
        var random = new Random(2024);
        var read = 0;
        for (var round = 0; round < Rounds; round++)
        {
            using var model = TryRead(Damage(original, random));
            if (model is null)
                continue;
            read++;
            using var again = OnnxReader.Read(OnnxWriter.ToBytes(model));
            if (round % 20 == 0)
                GraphText.Of(again).ShouldBe(GraphText.Of(model), $"round {round}");
        }

        read.ShouldBeInRange(Rounds / 50, Rounds * 49 / 50);
    }

    private static Model? TryRead(byte[] bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            return OnnxReader.Read(bytes);
        }
        catch (DiagnosticException)
        {
            return null;
        }
        finally
        {
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(500_000 + (100L * bytes.Length));
        }
    }

    private static byte[] Seed(string seed)
    {
        if (seed == "built")
        {
            using var model = BuiltModels.Control();
            return OnnxWriter.ToBytes(model);
        }

        return seed == "records" ? KeptRecordsTests.Carried().Bytes() : File.ReadAllBytes(SharedData.Require(seed));
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var wounds = random.Next(1, 4); wounds > 0; wounds--)
        {
            var place = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes[place] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[place] = (byte)random.Next(256); break;
                case 2: bytes[place] = 0xFF; break;
                case 3: bytes.Insert(place, (byte)random.Next(256)); break;
                case 4: bytes.RemoveRange(place, Math.Min(random.Next(1, 9), bytes.Count - place)); break;
                default: bytes.InsertRange(place, bytes.GetRange(place, Math.Min(random.Next(1, 40), bytes.Count - place))); break;
            }
        }

        return [.. bytes];
    }
}
