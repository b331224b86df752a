using System.Diagnostics;

namespace DigitReader.Training.Learning;

/// <summary>Where training stands: means over the steps since the last report.</summary>
internal sealed record TrainingProgress(int Step, int Steps, double Loss, double Accuracy, TimeSpan Elapsed);

/// <summary>Averages loss and accuracy over a twentieth of the run and reports them.</summary>
internal sealed class TrainingMeter(int steps, IProgress<TrainingProgress> progress)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly int _interval = Math.Max(1, steps / 20);
    private double _loss;
    private double _accuracy;
    private int _count;

    public void Add(int step, double loss, double accuracy)
    {
        _loss += loss;
        _accuracy += accuracy;
        _count++;
        if (_count < _interval && step + 1 < steps)
            return;
        progress.Report(new TrainingProgress(step + 1, steps, _loss / _count, _accuracy / _count, _watch.Elapsed));
        (_loss, _accuracy, _count) = (0, 0, 0);
    }
}
