using System.Globalization;
using DigitReader.Training.Export;
using ModelCompiler.Onnx;

namespace DigitReader.Training.Learning;

/// <summary>From options to a model file, with lines of progress on the console.</summary>
internal static class TrainingRun
{
    public static void Write(FileInfo file, TrainingOptions options, int threads)
    {
        var trainer = new Trainer(options);
        trainer.Run(threads, new ConsoleProgress());
        file.Directory?.Create();
        using var model = OnnxExport.ToModel(trainer.Network);
        OnnxWriter.Write(model, file.FullName);
        file.Refresh();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.FullName}   {file.Length / 1000} kB"));
    }

    private sealed class ConsoleProgress : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"step {value.Step,6} of {value.Steps}   loss {value.Loss:F4}   right {value.Accuracy:P2}   {value.Elapsed:mm\\:ss}"));
    }
}
