using System.Globalization;
using CalibrateBench;
using ModelCompiler.Calibration;
using ModelCompiler.Compilation;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Memory;
using ModelCompiler.Execution;
using ModelCompiler.Profiles;

// Compiles SqueezeNet to int8 on 256 photos with percentile ranges, and runs the same photos through it twice. The model and the photos lie beside
// the repository (see --data); nothing of them is part of it.
//   dotnet run -c Release --project bench/CalibrateBench -- --data ../shared/data
var root = Array.IndexOf(args, "--data") is >= 0 and var place && place + 1 < args.Length ? args[place + 1] : Path.Combine("..", "shared", "data");
var model = Path.Combine(root, "models", "squeezenet", "squeezenet_fp32.onnx");
var photos = Path.Combine(root, "images", "imagenet-calibration");
if (!File.Exists(model))
{
    Console.Error.WriteLine($"There is no model '{model}'. Give the folder with models and data as --data.");
    return 1;
}

var options = new ModelOptions
{
    Images = new([PreprocessText.Parse("image;layout=NCHW;color=BGR;resize=shortSide:256;crop=center:224;scale=1;mean=103.94,116.78,123.68;std=1,1,1")!]),
    Compile = new CompileOptions { Precision = "int8", Calibration = photos },
};
var output = Directory.CreateTempSubdirectory("modelcompiler-bench-");
try
{
    RunPlainly(1);
    var plain = Spent.In(() => RunPlainly(2));
    Print("photos twice", plain, plain);
    var steps = new StepTimes();
    var compile = Spent.In(() => Compile(steps));
    steps.Print();
    Print("calibrated and written", steps.UntilWritten, plain);
    Print("compared and timed as well", compile, plain);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak {ProcessMemory.PeakBytes / 1e6:0} MB"));
    return 0;
}
finally
{
    output.Delete(recursive: true);
}

void RunPlainly(int times)
{
    using var running = OrtModel.Load(model);
    var description = ModelDescriber.Describe(model, SignatureReader.Read(model), options, _ => { });
    var data = DataSet.Open(photos, new DataModel(description.Inputs, [], []));
    for (var time = 0; time < times; time++)
    {
        foreach (var sample in data.Samples())
            running.Run(sample.Inputs);
    }
}

void Compile(ICompileProgress progress)
{
    var profile = HardwareProfiles.Read(HostIdentifier.Current);
    var job = new CompileJob
    {
        Model = model,
        Name = "squeezenet",
        OutputDirectory = output.FullName,
        Profile = profile with { Quantization = profile.Quantization with { Ranges = RangeMethod.Percentile, Percentile = 99.99 } },
        Options = options,
    };
    var result = ModelCompilation.Compile(job, progress);
    foreach (var diagnostic in result.Diagnostics)
        Console.WriteLine($"{diagnostic.Id}: {diagnostic.Message}");
}

static void Print(string what, Spent spent, Spent plain) =>
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: {spent.Elapsed.TotalSeconds:0.0} s by the clock ({spent.Elapsed / plain.Elapsed:0.00}×), {spent.Processor.TotalSeconds:0.0} s of processor time ({spent.Processor / plain.Processor:0.00}×)"));
