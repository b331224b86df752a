using ModelCompiler.Contract;
using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Confidence;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Tool.Commands;

/// <summary>Writes the temperature that an evaluation found into a model's sidecar.</summary>
internal static class SidecarFit
{
    /// <param name="model">Beside it lies the sidecar.</param>
    /// <param name="data">What was evaluated on, for messages.</param>
    /// <param name="metric">Has seen all samples.</param>
    /// <exception cref="DiagnosticException">MC2003 the model gives no probabilities; MC0011 the data tells no temperature; MC0004 and MC5002 the sidecar cannot be changed.</exception>
    public static TemperatureFacts Write(string model, string data, IOutputMetric metric)
    {
        if (metric is not Top1AccuracyMeter classifier || classifier.Result() is null)
            throw new DiagnosticException(DiagnosticRules.DataDoesNotFit.Create(data, data, "a temperature takes labelled samples of a classifier"));
        if (classifier.FitTemperature() is not var (scores, fit))
            throw new DiagnosticException(DiagnosticRules.OptionDoesNotFit.Create(model, "--fit-temperature", "nothing says whether its scores are probabilities or logits; say so with the output's kind in the sidecar"));
        var facts = TemperatureFacts.Of(fit, scores.Temperature);
        if (facts.Fitted is not { } temperature)
            throw new DiagnosticException(DiagnosticRules.DataDoesNotFit.Create(data, data, $"it tells no temperature, since {fit.Reason}"));
        SidecarTemperature.Write(model, scores, temperature);
        return facts;
    }
}
