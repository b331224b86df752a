using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Preprocessing;

namespace ModelCompiler.Tests.Evaluation.Preprocessing;

public sealed class PreprocessingAlternativesTests
{
    [Theory]
    [InlineData("color=RGB", 9)] // as bytes, one of ten
    [InlineData("color=BGR;mean=104,117,123", 9)] // Caffe's, rounded
    [InlineData("color=RGB;scale=0.00392157;mean=0.485,0.456,0.406;std=0.229,0.224,0.225", 9)]
    [InlineData("color=RGB;scale=0.0078125;mean=1;std=1", 9)] // −1 to 0.992
    [InlineData("color=RGB;scale=0.00392157;mean=0.49,0.48,0.44;std=0.2,0.2,0.2", 11)] // none of them: both orders
    [InlineData("color=GRAY;scale=0.00392157", 3)]
    public void AreTheOthersOfTheUsualOnes(string declared, int expected)
    {
        var image = Image(declared);

        var alternatives = PreprocessingAlternatives.Of(image, isFloat: true);

        alternatives.Count.ShouldBe(expected);
        alternatives.ShouldAllBe(alternative => alternative.Resize == image.Resize && alternative.CenterCrop == image.CenterCrop && alternative.Layout == image.Layout);
        alternatives.ShouldBeUnique();
    }

    [Fact]
    public void MeansFollowTheirColours() =>
        PreprocessingAlternatives.Of(Image("color=RGB"), isFloat: true).ShouldContain(Image("color=BGR;mean=103.94,116.78,123.68"));

    [Fact]
    public void OfIntegersOnlyTheOrderIsInQuestion()
    {
        PreprocessingAlternatives.Of(Image("color=RGB"), isFloat: false).ShouldBe([Image("color=BGR")]);
        PreprocessingAlternatives.Of(Image("color=GRAY"), isFloat: false).ShouldBeEmpty();
    }

    private static ImageInput Image(string text)
    {
        var settings = PreprocessText.Parse($"image;layout=NCHW;resize=shortSide:256;crop=center:224;{text}")!.Settings;
        var channels = settings.Color == ImageColor.Gray ? 1 : 3;
        return new ImageInput(
            ImageLayout.Nchw, settings.Color!.Value, settings.Resize!, settings.CenterCrop, settings.Scale ?? 1, Each(settings.Mean, channels, 0), Each(settings.Std, channels, 1));
    }

    private static EquatableArray<float> Each(EquatableArray<float> values, int channels, float otherwise) =>
        values.Count == channels ? values : new(Enumerable.Repeat(values.Count == 0 ? otherwise : values[0], channels));
}
