namespace ModelCompiler.Tests.Segmentation;

public sealed class ImageSegmenterTests
{
    private static readonly ImagePreprocessing AsItIs = new() { Channels = ChannelOrder.Gray };

    [Fact]
    public void TheHighestScoreWinsInBothLayouts()
    {
        float[] byClass = [1, 5, 1, 0, 0, 0, 2, 0, 0, 1, 0, 9];   // [3, 2, 2]
        float[] byPixel = [1, 0, 0, 5, 0, 1, 1, 2, 0, 0, 0, 9];   // [2, 2, 3]

        Segment(byClass, [1, 3, 2, 2], ClassMapForm.Scores, channelsLast: false, 2, 2).Classes.ToArray().ShouldBe([0, 0, 1, 2]);
        Segment(byPixel, [1, 2, 2, 3], ClassMapForm.Scores, channelsLast: true, 2, 2).Classes.ToArray().ShouldBe([0, 0, 1, 2]);
    }

    [Fact]
    public void ScoresAreInterpolatedBeforeTheHighestIsTaken()
    {
        // Between the centres of the two places, at 2 and 6 of 8 pixels, class 1 leads by −1 to 3: it takes over after a quarter of the way, and not in the middle.
        var mask = Segment([1, 0, 0, 3], [1, 2, 1, 2], ClassMapForm.Scores, channelsLast: false, 8, 1);

        mask.Classes.ToArray().ShouldBe([0, 0, 0, 1, 1, 1, 1, 1]);
    }

    [Theory]
    [InlineData(ClassMapForm.Probability, new float[] { 0.5f, 0.51f, 0.49f, float.NaN })]
    [InlineData(ClassMapForm.Logit, new float[] { 0, 0.01f, -0.01f, float.NaN })]
    public void OneNumberAPixelIsForegroundAboveItsThreshold(ClassMapForm form, float[] values) =>
        Segment(values, [1, 1, 1, 4], form, channelsLast: false, 4, 1).Classes.ToArray().ShouldBe([0, 1, 0, 0]);

    [Fact]
    public void IndicesAreEnlargedWithoutMixing() =>
        SegmentIndices<long>([0, 7, 20, 3], [1, 2, 2], 4, 4).Classes.ToArray().ShouldBe([0, 0, 7, 7, 0, 0, 7, 7, 20, 20, 3, 3, 20, 20, 3, 3]);

    [Fact]
    public void IndicesMayHaveAnyIntegerType()
    {
        ushort[] expected = [0, 1, 1, 0];
        SegmentIndices<byte>([0, 1, 1, 0], [1, 1, 2, 2], 2, 2).Classes.ToArray().ShouldBe(expected);
        SegmentIndices<sbyte>([0, 1, 1, 0], [1, 1, 2, 2], 2, 2).Classes.ToArray().ShouldBe(expected);
        SegmentIndices<short>([0, 1, 1, 0], [1, 1, 2, 2], 2, 2).Classes.ToArray().ShouldBe(expected);
        SegmentIndices<ushort>([0, 1, 1, 0], [1, 1, 2, 2], 2, 2).Classes.ToArray().ShouldBe(expected);
        SegmentIndices<int>([0, 1, 1, 0], [2, 2], 2, 2).Classes.ToArray().ShouldBe(expected);
        SegmentIndices<uint>([0, 1, 1, 0], [1, 2, 2], 2, 2).Classes.ToArray().ShouldBe(expected);
        SegmentIndices<ulong>([0, 1, 1, 0], [1, 2, 2], 2, 2).Classes.ToArray().ShouldBe(expected);
        SegmentIndices<bool>([false, true, true, false], [1, 2, 2], 2, 2).Classes.ToArray().ShouldBe(expected);
        Segment([0, 1, 1, 0], [1, 2, 2], ClassMapForm.Indices, channelsLast: false, 2, 2).Classes.ToArray().ShouldBe(expected);
    }

    [Fact]
    public void WhatIsNoIndexIsSaid()
    {
        Should.Throw<InvalidOperationException>(() => SegmentIndices<int>([0, -1, 1, 0], [1, 2, 2], 2, 2)).Message.ShouldContain("gave -1 as the index of a class");
        Should.Throw<InvalidOperationException>(() => Segment([0, 0.5f, 1, 0], [1, 2, 2], ClassMapForm.Indices, channelsLast: false, 2, 2)).Message.ShouldContain("gave 0.5");
    }

    [Fact]
    public void WhatACropKeptFromTheModelIsUnseen()
    {
        // 6×2 pixels, of which the middle 2×2 are cut out.
        var mask = SegmentIndices<int>([1, 2, 3, 4], [1, 2, 2], 6, 2, new ImagePreprocessing { Channels = ChannelOrder.Gray, CenterCrop = 2 });
        const ushort No = SegmentationMask.Unseen;

        mask.Classes.ToArray().ShouldBe([No, No, 1, 2, No, No, No, No, 3, 4, No, No]);
        mask.Unseen.ShouldBe(8f / 12);
        mask[0, 0].ShouldBeNull();
        mask[3, 1].ShouldBe(4);
        mask.Share(4).ShouldBe(0.25f);
    }

    [Fact]
    public void ALetterboxIsUndone()
    {
        // 4×2 pixels in a box of 4×4, whose first and last rows are bars.
        var mask = SegmentIndices<int>([9, 9, 9, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9], [1, 4, 4], 4, 2, new ImagePreprocessing { Channels = ChannelOrder.Gray, Resize = Resizing.Letterbox(4, 4) });

        mask.Classes.ToArray().ShouldBe([1, 2, 3, 4, 5, 6, 7, 8]);
    }

    [Fact]
    public void ASizeThatTheModelLeavesOpenIsThatOfTheAnswer() =>
        Segment([3, 0, 0, 3, 1, 1, 1, 1], [-1, 2, -1, -1], [1, 2, 2, 2], ClassMapForm.Scores, channelsLast: false, 2, 2).Classes.ToArray().ShouldBe([0, 1, 1, 0]);

    [Fact]
    public void AnAnswerOfAnotherFormIsRefused()
    {
        Should.Throw<InvalidOperationException>(() => Segment([1, 2, 3, 4], [2, 2, 1, 1], ClassMapForm.Scores, channelsLast: false, 1, 1)).Message.ShouldContain("no map of scores of one image");
        Should.Throw<InvalidOperationException>(() => Segment([1, 2, 3, 4], [4], ClassMapForm.Probability, channelsLast: false, 1, 1)).Message.ShouldContain("no map of probability");
    }

    [Fact]
    public void EveryPixelAgreesWithInterpolatingAllScores()
    {
        var random = new Random(11);
        for (var round = 0; round < 40; round++)
        {
            var (classes, mapWidth, mapHeight, width, height) = (random.Next(2, 6), random.Next(1, 30), random.Next(1, 9), random.Next(1, 60), random.Next(1, 60));
            var scores = Enumerable.Range(0, classes * mapWidth * mapHeight).Select(_ => (float)random.Next(-8, 8)).ToArray();
            var geometry = new ImageGeometry((mapWidth * 4d / width) + random.NextDouble(), mapHeight * 4d / height, -random.Next(3), random.Next(3));
            var (rows, columns) = (SamplePoint.Line(height, geometry.ScaleY, geometry.OffsetY, mapHeight * 4, mapHeight), SamplePoint.Line(width, geometry.ScaleX, geometry.OffsetX, mapWidth * 4, mapWidth));
            var map = new ScoreMap(scores, mapWidth, mapHeight, channelsLast: round % 2 == 0);
            var best = new ushort[mapWidth * mapHeight];
            map.Best(best);

            var mask = MaskSampler.Interpolated(map, best, rows, columns);

            for (var i = 0; i < mask.Length; i++)
            {
                var (row, column) = (rows[i / width], columns[i % width]);
                mask[i].ShouldBe(row.IsSeen && column.IsSeen ? map.Between(row, column) : SegmentationMask.Unseen);
            }
        }
    }

    private static SegmentationMask<int> Segment(float[] values, long[] shape, ClassMapForm form, bool channelsLast, int width, int height) =>
        Segment(values, shape, shape, form, channelsLast, width, height);

    private static SegmentationMask<int> Segment(float[] values, long[] declared, long[] shape, ClassMapForm form, bool channelsLast, int width, int height) =>
        Read(values, declared, shape, width, height, AsItIs, (definition, call, image, geometry) => new ImageSegmenter(definition, 0, form, channelsLast).Read<int>(call, image, geometry));

    private static SegmentationMask<int> SegmentIndices<T>(T[] values, long[] shape, int width, int height, ImagePreprocessing? preprocessing = null)
        where T : unmanaged =>
        Read(values, shape, shape, width, height, preprocessing ?? AsItIs, (definition, call, image, geometry) => new ImageSegmenter(definition, 0, ClassMapForm.Indices).ReadIndices<int, T>(call, image, geometry));

    private delegate SegmentationMask<int> Reader(ModelDefinition definition, ModelCall call, PixelBuffer image, ImageGeometry geometry);

    /// <summary>The model answers with a second input, whatever the image is.</summary>
    private static SegmentationMask<int> Read<T>(T[] values, long[] declared, long[] shape, int width, int height, ImagePreprocessing preprocessing, Reader read)
        where T : unmanaged
    {
        var spec = TensorSpec.Of<T>("answer", declared);
        var definition = new ModelDefinition("tiny") { Inputs = [TensorSpec.Of<float>("image", 1, 1, -1, -1), TensorSpec.Of<T>("map", declared)], Outputs = [spec] };
        var axes = declared.Select((axis, index) => axis < 0 ? "axis" + index : (object)(int)axis).ToArray();
        var model = new TinyModel().Input("image", TinyModel.Float, 1, 1, "h", "w").Input("map", (int)spec.ElementType, axes).Output("answer", (int)spec.ElementType, axes).Node("Identity", ["map"], "answer").Node("Identity", ["image"], "unused");
        using var session = ModelSession.Load(definition, ModelSource.Bytes(model.ToBytes()));
        using var call = session.Rent();
        var image = PixelBuffer.Gray(new byte[width * height], width, height);
        var geometry = call.SetImage(0, image, preprocessing);
        call.SetInput<T>(1, values, shape);
        call.Run(TestContext.Current.CancellationToken);
        return read(definition, call, image, geometry);
    }
}
