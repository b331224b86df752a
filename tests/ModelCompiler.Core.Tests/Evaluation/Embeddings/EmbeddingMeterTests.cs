using ModelCompiler.Calibration;
using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Embeddings;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Evaluation.Embeddings;

public sealed class EmbeddingMeterTests
{
    [Fact]
    public void TheNearestOfTheOthersShouldHaveTheSameLabel()
    {
        // Two pairs and a single one, which is not asked for but can be found. In the compiled model the second pair has come apart: (1, 1) is nearer to (1, 2) than (0, 1) is.
        var meter = new EmbeddingMeter("y", 5);
        meter.Add(Labelled(7), Vector(1, 0), Vector(1, 0));
        meter.Add(Labelled(7), Vector(3, 0.1f), Vector(30, 1));
        meter.Add(Labelled(8), Vector(0, 1), Vector(0, 1));
        meter.Add(Labelled(8), Vector(0.1f, 1), Vector(1, 2));
        meter.Add(Labelled(9), Vector(-1, -1), Vector(1, 1.9f));

        var recall = meter.Result().ShouldBeOfType<ProportionAccuracy>();

        (recall.Metric, recall.Samples, recall.OriginalCorrect, recall.CompiledCorrect, recall.Lost).ShouldBe(("recall@1", 4, 4, 3, 1));
    }

    [Fact]
    public void WithoutLabelsThereIsNothingToFind()
    {
        var meter = new EmbeddingMeter("y", 2);
        meter.Add(Labelled(null), Vector(1, 0), Vector(1, 0));
        meter.Add(Labelled(1), Vector(1, 0), Vector(1, 0));
        meter.Result().ShouldBeNull("no two have the same label");

        meter.Beside().Select(measure => measure.Name).ShouldBe(["cosine similarity to the original", "worst cosine similarity to the original"]);
    }

    [Fact]
    public void SimilarityIsThatOfDirections()
    {
        var meter = new EmbeddingMeter("y", 3);
        meter.Add(Labelled(null), Vector(1, 0), Vector(5, 0));
        meter.Add(Labelled(null), Vector(1, 0), Vector(3, 4));
        meter.Add(Labelled(null), Vector(0, 0), Vector(1, 0));   // no direction to compare with
        meter.Add(Labelled(null), Vector(1, 0), Vector(float.NaN, 0));

        var (mean, worst) = (meter.Beside()[0], meter.Beside()[1]);

        mean.Compiled.ShouldBe((1 + 0.6 + 0) / 3, 1e-6);
        (mean.Original, mean.Change, mean.Samples, worst.Compiled).ShouldBe((null, null, 3, 0));
    }

    [Fact]
    public void RandomVectorsHaveTheNeighboursThatComparingAllWithAllGives()
    {
        var random = new Random(2);
        var meter = new EmbeddingMeter("y", 40);
        var (original, compiled, labels) = (new List<float[]>(), new List<float[]>(), new List<int>());
        for (var i = 0; i < 40; i++)
        {
            original.Add([.. Enumerable.Range(0, 8).Select(_ => random.NextSingle() - 0.5f)]);
            compiled.Add([.. original[i].Select(value => value + (0.3f * (random.NextSingle() - 0.5f)))]);
            labels.Add(random.Next(5));
            meter.Add(Labelled(labels[i]), Vector(original[i]), Vector(compiled[i]));
        }

        var (before, after) = (Slowly(original), Slowly(compiled));

        var recall = (ProportionAccuracy)meter.Result()!;
        recall.OriginalCorrect.ShouldBe(before.Index().Count(pair => labels[pair.Item] == labels[pair.Index]));
        recall.CompiledCorrect.ShouldBe(after.Index().Count(pair => labels[pair.Item] == labels[pair.Index]));
        var same = meter.Beside().Single(measure => measure.Name == "recall@1 of the original's neighbours");
        same.Compiled.ShouldBe(before.Zip(after).Count(pair => pair.First == pair.Second) / 40.0);
        same.Compiled.ShouldBeInRange(0.3, 0.99);
    }

    [Fact]
    public void NoMoreEmbeddingsAreKeptThanCanBeCompared()
    {
        // √(2^31 / 2) = 32,768 of a million are kept, every 31st: of the first hundred these are 4.
        var meter = new EmbeddingMeter("y", samples: 1_000_000);
        for (var i = 0; i < 100; i++)
            meter.Add(Labelled(0), Vector(1, i), Vector(1, i));

        meter.Result()!.Samples.ShouldBe(4);
    }

    [Fact]
    public void AnOutputWithAVectorForEachTokenIsPassedOver()
    {
        var meter = new EmbeddingMeter("y", 1);
        var tokens = Outputs(Tensor.Of([1f, 2, 3, 4], 1, 2, 2));

        meter.Add(Labelled(0), tokens, tokens);

        meter.Beside().ShouldBeEmpty();
    }

    private static int[] Slowly(List<float[]> vectors) =>
        [.. Enumerable.Range(0, vectors.Count).Select(i => Enumerable.Range(0, vectors.Count).Where(j => j != i).MaxBy(j => Cosine(vectors[i], vectors[j])))];

    private static double Cosine(float[] a, float[] b) =>
        a.Zip(b).Sum(pair => (double)pair.First * pair.Second) / Math.Sqrt(a.Sum(value => (double)value * value) * b.Sum(value => (double)value * value));

    private static Sample Labelled(int? label) => new("sample", new Dictionary<string, Tensor>(StringComparer.Ordinal)) { Label = label };

    private static Dictionary<string, Tensor> Vector(params float[] values) => Outputs(Tensor.Of(values, 1, values.Length));

    private static Dictionary<string, Tensor> Outputs(Tensor tensor) => new(StringComparer.Ordinal) { ["y"] = tensor };
}
