using System.Collections.Frozen;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>What a precision does with calibration data.</summary>
public enum CalibrationUse
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It gets more accurate; synthetic samples do, since it only evens out means.</summary>
    Helps,

    /// <summary>It cannot do without typical data.</summary>
    Needs,
}

/// <summary>What a precision is given besides the model.</summary>
/// <param name="Scheme">The number formats of the target.</param>
/// <param name="Calibration">Runs samples; null where none are given.</param>
public sealed record PrecisionInputs(QuantizationScheme Scheme, ICalibration? Calibration)
{
    /// <summary>What calibration saw of this very model before; null runs the samples.</summary>
    public ActivationStatistics? Activations { get; init; }

    /// <summary>The shapes of the model's inputs in a typical run, by name; where they are not given, those that the model declares.</summary>
    public IReadOnlyDictionary<string, Shape> InputShapes { get; init; } = FrozenDictionary<string, Shape>.Empty;

    /// <summary>The nodes that are not to become integer though they could, by the name of their first output, each with the reason.</summary>
    public IReadOnlyDictionary<string, string> KeptInFloat { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Trains a quantized model as a float one that rounds, and returns it with other weights, or null where that gained nothing; null for no training.</summary>
    public Func<Model, Model?>? FineTuning { get; init; }
}

/// <summary>A form in which a model is stored and computed, by its name in the <c>Precision</c> metadata.</summary>
/// <param name="Name">For example <c>int8-weights</c>.</param>
/// <param name="Calibration">What it does with calibration data.</param>
/// <param name="Opset">The operator set that it needs at least; older models are lifted. Null where any will do.</param>
/// <param name="Passes">The passes that follow the simplifying ones, in order.</param>
public sealed record Precision(string Name, CalibrationUse Calibration, long? Opset, Func<PrecisionInputs, IReadOnlyList<IGraphPass>> Passes)
{
    /// <summary>Whether single layers can be kept in float, by <see cref="PrecisionInputs.KeptInFloat"/>.</summary>
    public bool KeepsChosenLayers { get; init; }

    /// <summary>Brings a simplified model into this precision, in place.</summary>
    /// <returns>What became integer, or null for a precision that computes in float.</returns>
    /// <exception cref="DiagnosticException">MC3006: calibration data is needed; MC4003: the operator set cannot be raised; MC4004: there is nothing to do.</exception>
    public QuantizationSummary? Apply(Model model, PrecisionInputs inputs, PassContext context)
    {
        if (Calibration == CalibrationUse.Needs && inputs.Calibration is null)
            throw new DiagnosticException(DiagnosticRules.CalibrationNeeded.Create(null, Name));
        var passes = Passes(inputs);
        PassRunner.Run(model, Opset is { } opset ? [new LiftOpset(opset), new RaiseIrVersion(), .. passes] : passes, context);
        return passes.OfType<QuantizeStatically>().SingleOrDefault()?.Summary;
    }
}
