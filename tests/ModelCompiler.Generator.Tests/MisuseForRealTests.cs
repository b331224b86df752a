using ModelCompiler.Contract;
using ModelCompiler.Tests;

namespace ModelCompiler.Generator.Tests;

/// <summary>A generated class in the hands of someone who is in a hurry: each mistake is an exception that says what was given and what is wanted.</summary>
public class MisuseForRealTests
{
    private static readonly ModelManifest Manifest = Manifests.Digits with
    {
        Inputs = new([new ManifestInput(Manifests.Float("image", 1, 1, 2, 5), Manifests.Gray(2) with { Resize = new ImageResize(ImageResizeKind.Stretch, 5, 2, 0, false) })]),
        Outputs = new([new ManifestOutput(Manifests.Float("logits", 1, 10), OutputKind.Logits)]),
    };

    private static readonly byte[] Model = new TinyModel().Input("image", TinyModel.Float, 1, 1, 2, 5).Output("logits", TinyModel.Float, 1, 10).Node("Flatten", ["image"], "logits").ToBytes();

    [Theory]
    [InlineData("digits.Run(new float[9])", "ArgumentException", "The input 'image' float [1, 1, 2, 5] takes 10 values for the shape [1, 1, 2, 5], but 9 were given.")]
    [InlineData("digits.Run(new float[10], new float[11])", "ArgumentException", "The output 'logits' float [1, 10] has 10 values, but the destination has 11.")]
    [InlineData("digits.Run((float[])null!)", "ArgumentException", "but 0 were given")]
    [InlineData("digits.Classify(new float[11])", "ArgumentException", "but 11 were given")]
    [InlineData("digits.Classify(new float[10], top: 0)", "ArgumentOutOfRangeException", "count")]
    [InlineData("digits.Classify(default(PixelBuffer))", "ArgumentException", "The image is empty (0×0 pixels).")]
    [InlineData("digits.Classify(PixelBuffer.Gray(new byte[0], 0, 4))", "ArgumentException", "An image needs at least 1×1 pixels, but 0×4 was given.")]
    [InlineData("digits.Classify(PixelBuffer.Gray(new byte[7], 2, 4))", "ArgumentException", "2×4 Gray pixels take exactly 8 bytes, but 7 were given.")]
    [InlineData("digits.Classify(PixelBuffer.Rgba(new byte[16], 1_000_000, 1_000_000))", "ArgumentException", "take exactly 4000000000000 bytes, but 16 were given.")]
    [InlineData("digits.Run(new float[10], new System.Threading.CancellationToken(true))", "OperationCanceledException", "")]
    [InlineData("digits.RunAsync(new float[10], new System.Threading.CancellationToken(true)).GetAwaiter().GetResult()", "TaskCanceledException", "")]
    [InlineData("Digits.Load((string)null!)", "ArgumentNullException", "path")]
    [InlineData("Digits.Load(\"\")", "ArgumentException", "path")]
    [InlineData("Digits.Load((System.IO.Stream)null!)", "ArgumentNullException", "stream")]
    [InlineData("Digits.Load(new byte[0])", "ModelLoadException", "ONNX Runtime cannot load the bytes given for 'digits'")]
    [InlineData("Digits.Load(System.MemoryExtensions.AsMemory(model, 0, model.Length / 2))", "ModelLoadException", "ONNX Runtime cannot load the bytes given for 'digits'")]
    [InlineData("Digits.Load(\"no/such.onnx\")", "ModelLoadException", "such.onnx' does not exist.")]
    [InlineData("Digits.Load()", "ModelLoadException", "The model 'digits' has no asset for")]
    [InlineData("Digits.Load(model, new LoadOptions { Profile = \"toaster\" })", "ModelLoadException", "The model 'digits' has no profile 'toaster'; it was compiled for linux-x64.")]
    [InlineData("Dispose(digits).Run(new float[10])", "ObjectDisposedException", "")]
    [InlineData("Dispose(digits).RunAsync(new float[10]).GetAwaiter().GetResult()", "ObjectDisposedException", "")]
    public void EachMistakeIsNamed(string expression, string exception, string message)
    {
        var answer = Answer($$"""try { {{expression}}; return "nothing"; } catch (System.Exception error) { return error.GetType().Name + ": " + error.Message; }""");

        answer.ShouldStartWith(exception + ": ");
        answer.ShouldContain(message);
    }

    [Fact]
    public void ValuesThatAreNoNumbersGoThroughAndAreNotHidden() =>
        Answer("var values = new float[10]; values[3] = float.NaN; return float.IsNaN(digits.Classify(values).Score).ToString();").ShouldBe("True");

    [Fact]
    public void DisposingTwiceIsNoMistake() => Answer("digits.Dispose(); digits.Dispose(); return \"fine\";").ShouldBe("fine");

    private static string Answer(string body) => (string)RealRun.Of(
        $$"""
        public static string Answer(byte[] model)
        {
            using var digits = Digits.Load(model);
            {{body}}
        }

        private static Digits Dispose(Digits digits) { digits.Dispose(); return digits; }
        """, Manifest, Model);
}
