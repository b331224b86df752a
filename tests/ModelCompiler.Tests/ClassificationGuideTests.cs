namespace ModelCompiler.Tests;

/// <summary>docs/classification.md as it is written, and its class beside ONNX Runtime called by hand.</summary>
public sealed class ClassificationGuideTests(PackageFeed package) : IDisposable
{
    private readonly UserProject _app = new(package, "Shelf");
    private readonly Guide _guide = new("classification.md");

    public void Dispose() => _app.Dispose();

    [Fact]
    public void TheExampleSeesWhatOnnxRuntimeSees()
    {
        var photos = SharedData.Require("images/imagenet-even");
        _app.Write("squeezenet.onnx", File.ReadAllBytes(SharedData.Require("models/squeezenet/squeezenet_fp32.onnx"))).Write("labels.txt", File.ReadAllBytes(SharedData.Require("images/imagenet-synsets.txt")))
            .Write("squeezenet.model.json", _guide.Block("json")).Write("Program.cs", _guide.Block("csharp"));
        _guide.WriteProject(_app);
        Guide.Build(_app);
        _app.Run("run", "--no-build", "--", Path.Combine(photos, "n01484850_great_white_shark.jpg")).ShouldSucceed()
            .Output.ShouldMatch(@"^n01484850_great_white_shark\.jpg: GreatWhiteShark \(\d+\.\d %\), \w+ \(\d+\.\d %\), \w+ \(\d+\.\d %\)\r?\nOut of the water!");

        // Most photos have a short side of 256 pixels already, so that a crop and a subtraction are all that is to be done by hand.
        _app.Write("Program.cs", """
            using Microsoft.ML.OnnxRuntime;
            using Microsoft.ML.OnnxRuntime.Tensors;
            using ModelCompiler;
            using var squeezenet = Shelf.Squeezenet.Load();
            using var session = new InferenceSession(args[1]);
            float[] mean = [103.94f, 116.78f, 123.68f];
            var (photos, same) = (0, 0);
            foreach (var file in Directory.EnumerateFiles(args[0], "*.jpg").Order(StringComparer.Ordinal))
            {
                var photo = ImageDecoder.DecodeFile(file);
                if (Math.Min(photo.Width, photo.Height) != 256)
                    continue;
                var (left, top) = ((int)Math.Round((photo.Width - 224) / 2.0), (int)Math.Round((photo.Height - 224) / 2.0)); // as torchvision's CenterCrop
                var input = new DenseTensor<float>([1, 3, 224, 224]);
                for (var y = 0; y < 224; y++)
                    for (var x = 0; x < 224; x++)
                        for (var channel = 0; channel < 3; channel++)
                            input[0, channel, y, x] = photo.Bytes.Span[((((top + y) * photo.Width) + left + x) * 3) + 2 - channel] - mean[channel];
                using var outputs = session.Run([NamedOnnxValue.CreateFromTensor("data_0", input)]);
                var scores = outputs[0].AsEnumerable<float>().ToArray();
                var expected = Enumerable.Range(0, 1000).OrderByDescending(index => scores[index]).Take(5);
                photos++;
                same += expected.SequenceEqual(squeezenet.Classify(photo.Pixels, top: 5).Select(seen => seen.Index)) ? 1 : 0;
            }
            Console.WriteLine($"{same} of {photos}");
            """);
        Guide.Build(_app);

        _app.Run("run", "--no-build", "--", photos, Path.Combine(_app.Folder, "squeezenet.onnx")).ShouldSucceed().Output.Trim().ShouldMatch(@"^(4\d\d) of \1$");
    }
}
