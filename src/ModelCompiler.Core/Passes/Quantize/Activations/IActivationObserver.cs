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
}

/// <summary>Runs calibration samples through a model and shows chosen values to their observers, one sample at a time.</summary>
public interface ICalibration
{
    /// <summary>True for samples like those that the app will run; false for made-up ones, which show means but not what goes together.</summary>
    bool IsTypical { get; }

    void Observe(Model model, IReadOnlyDictionary<Value, IReadOnlyList<IActivationObserver>> observers);
}
