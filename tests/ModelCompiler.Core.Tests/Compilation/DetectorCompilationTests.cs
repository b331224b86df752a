using System.Globalization;
using System.Text;
using ModelCompiler.Compilation;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Tests.Images;

namespace ModelCompiler.Tests.Compilation;

/// <summary>A detector is judged by what it finds.</summary>
public sealed class DetectorCompilationTests : IDisposable
{
    private const int Side = 64;
    private const int Cell = 8;
    private const int Columns = Side / Cell;
    private const int Photos = 12;

    private readonly TestFolder _folder = new();
    private readonly CompileProject _project = new(CoarseDetector());

    public void Dispose()
    {
        _project.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void ReportsAveragePrecisionOnLabelledPictures()
    {
        WritePhotos(labelled: true);

        var accuracy = Compile(new CompileOptions { Precision = "fp32", Evaluation = _folder.Path }).Report!.Accuracy.ShouldNotBeNull();

        (accuracy.Metric, accuracy.Original, accuracy.Compiled, accuracy.Drop, accuracy.Samples).ShouldBe(("AP50", 1, 1, 0, Photos));
        accuracy.Ci95.ShouldBe([0, 0]);
    }

    [Fact]
    public void FailsOverTheBudgetOfAveragePrecision()
    {
        WritePhotos(labelled: true);

        var result = Compile(new CompileOptions { Precision = "int8-weights", Evaluation = _folder.Path, MaxAccuracyDrop = "1%" });

        result.Diagnostics.ShouldContain(diagnostic => diagnostic.Id == "MC3004" && diagnostic.Message.StartsWith("AP50 fell from 100 % to ", StringComparison.Ordinal));
        _project.Outputs.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FailsWhereFewerObjectsAreFoundAgainThanAsked(bool labelled)
    {
        WritePhotos(labelled);

        var result = Compile(new CompileOptions { Precision = "int8-weights", Evaluation = _folder.Path, MinAgreement = "99%", MaxAccuracyDrop = labelled ? "100%" : null });

        result.Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("MC3018");
        Compile(new CompileOptions { Precision = "fp32", Evaluation = _folder.Path, MinAgreement = "100%" }).Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public void SaysThatTheBudgetCannotBeJudgedWithoutLabels()
    {
        WritePhotos(labelled: false);

        var result = Compile(new CompileOptions { Precision = "int8-weights", Evaluation = _folder.Path, MaxAccuracyDrop = "1%" });

        var warning = result.Diagnostics.ShouldHaveSingleItem();
        (warning.Id, warning.Severity).ShouldBe(("MC3009", DiagnosticSeverity.Warning));
        warning.Message.ShouldContain("detection agreement of");
        result.AssetPath.ShouldNotBeNull();
    }

    [Fact]
    public void TheCompilersOwnChoiceFollowsWhatIsFound()
    {
        WritePhotos(labelled: false);

        var result = Compile(new CompileOptions { Evaluation = _folder.Path });

        result.Report!.Precision.ShouldNotBe("int8-weights");
        result.Report.Accuracy!.Drop.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(0.01);
        result.Diagnostics.ShouldContain(diagnostic => diagnostic.Message.Contains("not int8-weights, since detection agreement would be", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("yolox", "strides of 8, 16, 32 make 84 cells of 64x64 pixels, and there are 64 boxes")]
    [InlineData("yolov5", "that leaves 0 numbers for the scores of classes")]
    public void ALayoutThatIsNotTheModelsIsRefused(string layout, string expected)
    {
        WritePhotos(labelled: true);

        var diagnostic = Compile(new CompileOptions { Precision = "fp32", Evaluation = _folder.Path }, new DetectionSettings { Layout = OptionWords.Parse<DetectionLayout>(layout), Objectness = layout == "yolov5" })
            .Diagnostics.ShouldHaveSingleItem();

        diagnostic.Id.ShouldBe("MC2003");
        diagnostic.Message.ShouldContain($"The detection layout of the output 'y' does not fit the model: {expected}.");
        _project.Outputs.ShouldBeEmpty();
    }

    private CompileResult Compile(CompileOptions options) => Compile(options, new DetectionSettings { Box = BoxCoding.Corners, Relative = true });

    private CompileResult Compile(CompileOptions options, DetectionSettings detection) => _project.Compile(new ModelOptions
    {
        Images = new([PreprocessText.Parse("image;layout=NCHW;color=RGB;resize=none")!]),
        Outputs = new([new OutputBinding("y", OutputKind.Detections) { Detection = detection }]),
        Compile = options,
    });

    /// <summary>Pictures with yellow cells, which are the objects, on black.</summary>
    private void WritePhotos(bool labelled)
    {
        var random = new Random(11);
        for (var photo = 0; photo < Photos; photo++)
        {
            var pixels = new byte[Side * Side * 3];
            var labels = new StringBuilder();
            for (var cell = photo % 3; cell < Columns * Columns; cell += random.Next(4, 20))
            {
                Paint(pixels, cell);
                var (x, y) = ((cell % Columns) + 0.5, (cell / Columns) + 0.5);
                labels.AppendLine(CultureInfo.InvariantCulture, $"0 {x / Columns} {y / Columns} {1.0 / Columns} {1.0 / Columns}");
            }

            _folder.Write($"{photo}.png", PngFile.Write(pixels, Side, Side, colorType: 2));
            if (labelled)
                _folder.Write($"{photo}.txt", labels.ToString());
        }
    }

    private static void Paint(byte[] pixels, int cell)
    {
        var (left, top) = (cell % Columns * Cell, cell / Columns * Cell);
        for (var y = top; y < top + Cell; y++)
        {
            for (var x = left; x < left + Cell; x++)
                (pixels[((y * Side) + x) * 3], pixels[(((y * Side) + x) * 3) + 1]) = (255, 255);
        }
    }

    /// <summary>
    /// Sees an object in each cell that is red and green. The weights of blue are so large that 8 bits hold none of the others beside them, and no picture
    /// is blue, so that no other rounding can make up for it.
    /// </summary>
    private static Model CoarseDetector()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 3, Side, Side);
        float[] weights = [.. Enumerable.Range(0, 3 * Cell * Cell).Select(i => i < 2 * Cell * Cell ? 20f / (2 * Cell * Cell * 255) : 50f)];
        var strides = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["strides"] = new long[] { Cell, Cell } };
        var sums = builder.Node("Conv", [x, builder.Initializer("w", Tensor.Of(weights, 1, 3, Cell, Cell)), builder.Initializer("b", Tensor.Of([-10f], 1))], strides);
        var scores = builder.Node("Sigmoid", [builder.Node("Reshape", [sums, builder.Initializer("rows", Tensor.Vector(1L, Columns * Columns, 1L))])]);
        float[] boxes = [.. Enumerable.Range(0, Columns * Columns).SelectMany(cell => new[] { cell % Columns, cell / Columns, (cell % Columns) + 1, (cell / Columns) + 1 }).Select(edge => (float)edge / Columns)];
        var table = builder.Node("Concat", [builder.Initializer("boxes", Tensor.Of(boxes, 1, Columns * Columns, 4)), scores], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["axis"] = 2L });
        return builder.Output(table, "y", new TensorType(ElementType.Float32, Shape.Of(1, Columns * Columns, 5))).Model;
    }
}
