namespace ModelCompiler.Training.Quantized;

/// <summary>Which scales of a quantized student are trained beside its weights.</summary>
public enum TrainedScales
{
    /// <summary>Those that calibration found stay.</summary>
    None,

    /// <summary>Those of weights.</summary>
    Weights,

    /// <summary>Those of activations too.</summary>
    All,
}
