using System.Numerics;

namespace ModelCompiler.Training;

/// <summary>
/// How long is trained. It follows from what a pass over the samples costs in multiply-accumulates, not from a clock, so that the same project gives the same bytes on a fast and on a
/// slow machine, as long as the time is enough for either.
/// </summary>
internal static class TrainingPlan
{
    /// <summary>Beyond, held-out samples no longer get better.</summary>
    private const int MostEpochs = 100;

    /// <summary>Of a small set more passes are needed, until weights have moved at all.</summary>
    private const int FewestSteps = 1500;

    /// <summary>Smaller batches move weights more often, larger ones in a better direction.</summary>
    private const int FewestOfBatch = 8, MostOfBatch = 64, BatchesOfEpoch = 56;

    /// <summary>Multiply-accumulates that two processors of a few years ago do in a second of training; most are faster.</summary>
    private const double MacsPerSecond = 30e9;

    /// <summary>A step of the student: forward, gradients of values, gradients of weights.</summary>
    private const double PassesOfStudent = 3;

    /// <summary>Samples of a step.</summary>
    /// <param name="samples">That are learnt from.</param>
    public static int Batch(int samples) => Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)(samples / BatchesOfEpoch)), FewestOfBatch, MostOfBatch);

    /// <summary>Passes over all samples, at least one.</summary>
    /// <param name="studentMacs">Of one sample.</param>
    /// <param name="teacherMacs">Of one sample.</param>
    /// <param name="samples">That are learnt from.</param>
    /// <param name="heldOut">That judge after every epoch.</param>
    /// <param name="time">That may be taken.</param>
    public static int Epochs(long studentMacs, long teacherMacs, int samples, int heldOut, TimeSpan time)
    {
        var epoch = (samples * ((PassesOfStudent * studentMacs) + teacherMacs)) + (heldOut * ((double)studentMacs + teacherMacs));
        var most = Math.Max(MostEpochs, FewestSteps / ((samples + Batch(samples) - 1) / Batch(samples)));
        return (int)Math.Clamp(time.TotalSeconds * MacsPerSecond / Math.Max(1, epoch), 1, most);
    }
}
