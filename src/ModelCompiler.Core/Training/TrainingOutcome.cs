namespace ModelCompiler.Training;

/// <summary>What came of a training.</summary>
/// <param name="Losses">Of held-out samples: before the first step, and after each epoch.</param>
/// <param name="BestEpoch">After which the weights were taken; 0 where nothing was better than the start.</param>
/// <param name="End">Why it ended.</param>
internal sealed record TrainingOutcome(IReadOnlyList<double> Losses, int BestEpoch, TrainingEnd End)
{
    /// <summary>Finished ones.</summary>
    public int Epochs => Losses.Count - 1;

    public double StartLoss => Losses[0];

    /// <summary>With the weights that were kept.</summary>
    public double BestLoss => Losses[BestEpoch];

    /// <summary>False where the student is as it was.</summary>
    public bool Helped => BestEpoch > 0;
}

/// <summary>Why a training ended.</summary>
internal enum TrainingEnd
{
    /// <summary>All epochs are done.</summary>
    Finished,

    /// <summary>Fewer epochs were done than planned, since this machine is too slow for all of them: a faster one trains on, and to other bytes.</summary>
    Shortened,

    /// <summary>The time was over in the middle.</summary>
    TimeIsOver,

    /// <summary>The loss was no number any more.</summary>
    LossNotFinite,
}

/// <summary>How far a training is.</summary>
/// <param name="Epoch">Finished ones.</param>
/// <param name="Epochs">All of them.</param>
/// <param name="Loss">Mean over the last epoch's batches.</param>
/// <param name="HeldOutLoss">Of held-out samples after it.</param>
/// <param name="StartLoss">Of held-out samples before the first step.</param>
/// <param name="Remaining">Time until the end, as it goes.</param>
internal readonly record struct TrainingProgress(int Epoch, int Epochs, double Loss, double HeldOutLoss, double StartLoss, TimeSpan Remaining);
