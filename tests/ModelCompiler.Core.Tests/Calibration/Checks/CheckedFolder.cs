using ModelCompiler.Calibration;
using ModelCompiler.Calibration.Checks;
using ModelCompiler.Contract;

namespace ModelCompiler.Tests.Calibration.Checks;

/// <summary>A folder with data sets, which are checked as a compile would.</summary>
internal sealed class CheckedFolder : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public void Write(string name, byte[] bytes) => _folder.Write(name, bytes);

    public void Write(string name, string text) => _folder.Write(name, text);

    public List<ModelDiagnostic> Check(DataModel model, string? calibration, string? evaluation) =>
    [
        .. DataChecks.Of(new DataInUse(
            "m.onnx",
            calibration is null ? null : TestPictures.Seen("calibration data", Path.Combine(_folder.Path, calibration), model),
            evaluation is null ? null : TestPictures.Seen("evaluation data", Path.Combine(_folder.Path, evaluation), model),
            model)),
    ];

    public void WritePhotos(string folder, int firstSeed, int count, int size)
    {
        for (var i = 0; i < count; i++)
            _folder.Write($"{folder}/{i:000}.png", TestPictures.Png(firstSeed + i, size));
    }

    public void Write(string name, float[] numbers, string shape, int[]? labels = null)
    {
        var file = new TestNpz().Add("x", "<f4", shape, numbers);
        _folder.Write(name, (labels is null ? file : file.Add("labels", "<i4", $"{labels.Length},", labels)).ToBytes());
    }

    public static float[] Noise(int count)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
    }
}
