using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Tests.Quantize;

namespace ModelCompiler.Tests.Prune;

/// <summary>Images in a mirror are samples for a model that does not mind.</summary>
public sealed class MirroredSamplesTests
{
    [Fact]
    public void EachSampleIsFollowedByItsMirrorImage()
    {
        var image = Tensor.Of([1f, 2, 3, 4, 5, 6, 7, 8, 9, 10], 1, 1, 2, 5);

        var samples = MirroredSamples.Beside([Of(image)]).ToArray();

        samples.Length.ShouldBe(2);
        samples[0].Inputs["x"].ShouldBe(image);
        samples[1].Inputs["x"].ToFloats().ShouldBe([5f, 4, 3, 2, 1, 10, 9, 8, 7, 6]);
    }

    [Fact]
    public void PixelsOfInterleavedImagesStayWhole()
    {
        var image = Tensor.Of([.. Enumerable.Range(0, 15).Select(i => (float)i)], 1, 1, 5, 3);

        MirroredSamples.Beside([Of(image)]).Last().Inputs["x"].ToFloats().ShouldBe([12f, 13, 14, 9, 10, 11, 6, 7, 8, 3, 4, 5, 0, 1, 2]);
    }

    [Fact]
    public void OtherInputsStayAsTheyAre()
    {
        var sound = Tensor.Of([1f, 2, 3, 4, 5, 6], 1, 6);

        MirroredSamples.Beside([Of(sound)]).Last().Inputs["x"].ShouldBe(sound);
    }

    [Fact]
    public void AModelThatMeansTheSameInTheMirrorTakesThem() =>
        MirroredSamples.AreLikeTheOthers(Comparing(UpperAndLower), Samples(Comparing(UpperAndLower))).ShouldBeTrue();

    [Fact]
    public void AModelThatTellsLeftFromRightDoesNot() =>
        MirroredSamples.AreLikeTheOthers(Comparing(LeftAndRight), Samples(Comparing(LeftAndRight))).ShouldBeFalse();

    private static Sample Of(Tensor x) => new("a", new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = x });

    private static IReadOnlyList<Sample> Samples(Model model) => Networks.Samples(model, 32);

    /// <summary>Class 0 where the upper half of the image is brighter than the lower one.</summary>
    private static float[] UpperAndLower(int column) => [.. Enumerable.Range(0, 64).Select(pixel => pixel / 32 == column ? 1f : 0)];

    /// <summary>Class 0 where the left half is brighter than the right one.</summary>
    private static float[] LeftAndRight(int column) => [.. Enumerable.Range(0, 64).Select(pixel => pixel % 8 / 4 == column ? 1f : 0)];

    private static Model Comparing(Func<int, float[]> weightsOf)
    {
        var builder = new GraphBuilder(13);
        var flat = builder.Node("Flatten", [builder.Input("x", ElementType.Float32, 1, 1, 8, 8)]);
        float[][] columns = [weightsOf(0), weightsOf(1)];
        var weights = Tensor.Of([.. Enumerable.Range(0, 64).SelectMany(row => columns.Select(column => column[row]))], 64, 2);
        return builder.Output(builder.Node("MatMul", [flat, builder.Initializer("w", weights)]), "y", new TensorType(ElementType.Float32, Shape.Of(1, 2))).Model;
    }
}
