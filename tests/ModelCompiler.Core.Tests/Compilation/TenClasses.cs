using ModelCompiler.Compilation;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Compilation;

/// <summary>
/// A classifier of ten classes whose weights for class 7 span so much that eight bits leave none of those that matter. Class 7 is rare: 25 of 1015 samples, so
/// that losing it costs 2.5 points, which the budget allows.
/// </summary>
internal static class TenClasses
{
    private const int Features = 256, Classes = 10, Rare = 7, RareSamples = 25, OtherSamples = 110;

    public static CompileResult Compile(CompileProject project, CompileOptions options)
    {
        var labels = Path.Combine(Path.GetDirectoryName(project.ModelPath)!, "labels.txt");
        File.WriteAllLines(labels, ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]);
        return project.Compile(new ModelOptions { Labels = labels, Outputs = new([new OutputBinding("y", OutputKind.Logits)]), Compile = options });
    }

    public static CompileOptions Options(CompileProject project)
    {
        int[] labels = [.. Enumerable.Range(0, Classes).SelectMany(index => Enumerable.Repeat(index, index == Rare ? RareSamples : OtherSamples))];
        var values = new float[labels.Length * Features];
        for (var sample = 0; sample < labels.Length; sample++)
            values[(sample * Features) + labels[sample]] = 1 + (sample % 5 / 10f);
        return new CompileOptions { Precision = "int8-weights", Evaluation = project.WriteSamples("x", values, labels, labels.Length, Features), MaxAccuracyDrop = "5%" };
    }

    /// <summary>Score i is feature i; that of class 7 has one weight more, for a feature that no sample has.</summary>
    /// <param name="widest">That weight.</param>
    /// <param name="silent">A class that has no weights left; null for none.</param>
    public static Model Classifier(float widest, int? silent = null) => Classifier(widest, [Rare], silent);

    /// <summary>The same with such a weight in every class: one layer, and all of it lost.</summary>
    public static Model ClassifierWithBrittleLayer(float widest) => Classifier(widest, [.. Enumerable.Range(0, Classes)], silent: null);

    /// <summary>The sum of a sample's first ten features, computed with one weight more that rounding makes all others vanish beside.</summary>
    public static Model BrittleSum(float widest)
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("n"), Dimension.Of(Features)])));
        var weights = new float[Features];
        Array.Fill(weights, 1, 0, Classes);
        weights[Classes] = widest;
        var sum = builder.Node("Gemm", [x, builder.Initializer("w", Tensor.Of(weights, Features, 1)), builder.Initializer("b", Tensor.Of(new float[1], 1))]);
        return builder.Output(sum, "y", new TensorType(ElementType.Float32, new Shape([Dimension.Named("n"), Dimension.Of(1)]))).Model;
    }

    private static Model Classifier(float widest, int[] brittle, int? silent)
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("n"), Dimension.Of(Features)])));
        var weights = new float[Features * Classes];
        for (var i = 0; i < Classes; i++)
            weights[(i * Classes) + i] = i == silent ? 0 : 1;
        foreach (var index in brittle)
            weights[(Classes * Classes) + index] = widest;
        var scores = builder.Node("Gemm", [x, builder.Initializer("w", Tensor.Of(weights, Features, Classes)), builder.Initializer("b", Tensor.Of(new float[Classes], Classes))]);
        return builder.Output(scores, "y", new TensorType(ElementType.Float32, new Shape([Dimension.Named("n"), Dimension.Of(Classes)]))).Model;
    }
}
