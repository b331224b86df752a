using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Compilation.Pruning;

/// <summary>A model without a share of itself, and how far it got.</summary>
/// <param name="Point">What was measured of it, and why it was given up.</param>
/// <param name="Shipment">What was made of it; null where it was given up before.</param>
/// <param name="Remarks">What there is to say of the form that was chosen.</param>
internal sealed record PruningAttempt(PruningPoint Point, Shipment? Shipment, IReadOnlyList<ModelDiagnostic> Remarks);
