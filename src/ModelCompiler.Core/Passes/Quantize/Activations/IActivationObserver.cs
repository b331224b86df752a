using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Sees one value of the graph in every sample and keeps no more than a summary of it.</summary>
public interface IActivationObserver
{
    /// <param name="sample">The value in one sample, of a floating-point type; not valid after the call.</param>
    void Observe(Tensor sample);
}

/// <summary>Finds the range that the integers of a value should cover.</summary>
public interface IRangeEstimator : IActivationObserver
{
    /// <summary>Null where nothing was observed.</summary>
    ValueRange? Range { get; }

    /// <summary>Takes in what another estimator saw: the same as if this one had seen it.</summary>
    /// <param name="other">Of the same kind.</param>
    void Join(IRangeEstimator other);
}

/// <summary>Runs calibration samples through a model and shows chosen values to their observers, one sample at a time.</summary>
public interface ICalibration
{
    /// <summary>True for samples like those that the app will run; false for made-up ones, which show means but not what goes together.</summary>
    bool IsTypical { get; }

    void Observe(Model model, IReadOnlyDictionary<Value, IReadOnlyList<IActivationObserver>> observers);

    /// <summary>Each <paramref name="parts"/>th of a few of the samples that stand for all, from number <paramref name="part"/> on; the parts have no sample in common.</summary>
    ICalibration FewOf(int part, int parts);

    /// <summary>Runs a few of the samples and keeps what comes out, to hold other forms of the model against it.</summary>
    IReferenceOutputs OutputsOf(Model model);
}

/// <summary>What a model makes of a few samples.</summary>
public interface IReferenceOutputs
{
    /// <summary>
    /// Signal to noise of the outputs of another form of the model in dB, of the worst output that matters: over all samples together, or on average
    /// of the single ones where that is less, so that loud samples do not drown the faint ones. Null where nothing can be compared.
    /// </summary>
    /// <param name="form">A model with the same inputs and outputs.</param>
    /// <param name="samples">How many of the samples to run at most.</param>
    double? SqnrDb(Model form, int samples = int.MaxValue);
}
