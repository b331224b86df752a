using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Preprocessing;
using ModelCompiler.Execution;
using ModelCompiler.Tests.Calibration;
using ModelCompiler.Tests.Evaluation.Robustness;

namespace ModelCompiler.Tests.Evaluation.Preprocessing;

public sealed class PreprocessingRaceTests
{
    private static readonly ImageInput Right = new(ImageLayout.Nchw, ImageColor.Rgb, ImageResize.None, null, 1 / 255f, new([0.5f, 0.5f, 0.5f]), new([0.5f, 0.5f, 0.5f]));

    [Fact]
    public void AForgottenMeanIsFound()
    {
        var better = Run(Right with { Mean = new([0f, 0, 0]), Std = new([1f, 1, 1]) }, seed: 1, wrongLabels: 0.1).Better().ShouldNotBeNull();

        (better.Image.Color, better.Image.Mean[0]).ShouldBe((ImageColor.Rgb, 0.5f));
        better.PValue.ShouldBeLessThan(0.001);
        better.Accuracy.ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public void SwappedColoursAreFound() =>
        Run(Right with { Color = ImageColor.Bgr }, seed: 2, wrongLabels: 0.1).Better().ShouldNotBeNull().Image.Color.ShouldBe(ImageColor.Rgb);

    /// <summary>Labels that are wrong by chance make alternatives lucky now and then.</summary>
    [Fact]
    public void WhatIsRightPassesTwentyTimes()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var comparison = Run(Right, seed, wrongLabels: seed / 20.0);

            comparison.Better().ShouldBeNull($"seed {seed}");
        }
    }

    [Fact]
    public void NothingIsSaidOfADifferenceThatMayBeChance()
    {
        var image = Right with { Color = ImageColor.Bgr };

        new PreprocessingComparison(100, 50, [new(image, 9, 0, false)]).Better().ShouldBeNull();       // p = 0.0039
        new PreprocessingComparison(100, 50, [new(image, 11, 0, false)]).Better().ShouldNotBeNull();   // p = 0.00098
        new PreprocessingComparison(100, 50, [new(image, 11, 0, false), new(Right, 1, 2, true)]).Better().ShouldBeNull();
        new PreprocessingComparison(500, 250, [new(image, 24, 0, false)]).Better().ShouldBeNull();     // 4.8 points
        new PreprocessingComparison(100, 50, [new(image, 30, 0, true)]).Better().ShouldBeNull();       // given up
    }

    [Fact]
    public void TheRaceEndsWhenNobodyElseIsLeft()
    {
        var input = Input(Right);
        using var model = OrtModel.Load(ColourModels.RedAndBlueAboveZero());

        var comparison = new PreprocessingRace(model, input, [Right with { Mean = new([0f, 0, 0]) }]).Run(Images(new Noise(1, "images"), 0).Take(500));

        comparison.Samples.ShouldBe(16);
        comparison.Alternatives.ShouldHaveSingleItem().IsGivenUp.ShouldBeTrue();
    }

    private static PreprocessingComparison Run(ImageInput declared, int seed, double wrongLabels)
    {
        using var model = OrtModel.Load(ColourModels.RedAndBlueAboveZero());
        return new PreprocessingRace(model, Input(declared), PreprocessingAlternatives.Of(declared, isFloat: true)).Run(Images(new Noise(seed, "images"), wrongLabels).Take(100));
    }

    private static ManifestInput Input(ImageInput image) => new(Models.Tensor("x", ElementType.Float32, 1, 3, ColourModels.Side, ColourModels.Side), image);

    /// <summary>Red and blue are far from the middle of a byte, each on one side of it.</summary>
    private static IEnumerable<SourceImage> Images(Noise noise, double wrongLabels)
    {
        while (true)
        {
            var (red, blue) = (noise.Below(2), noise.Below(2));
            var label = noise.Uniform() < wrongLabels ? noise.Below(4) : (2 * red) + blue;
            yield return MemoryImages.OfColour(ColourModels.Side, label, (byte)(red == 0 ? 40 : 210), 128, (byte)(blue == 0 ? 40 : 210));
        }
    }
}
