using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation.Detections;

/// <summary>An output that is a table with a row for each place where an object may be.</summary>
/// <param name="Name">The output.</param>
/// <param name="IsColumnsFirst">True for [columns, rows], false for [rows, columns].</param>
public sealed record AnchorOutput(string Name, bool IsColumnsFirst)
{
    internal AnchorTable Table(IReadOnlyDictionary<string, Tensor> outputs)
    {
        var output = outputs[Name];
        return new AnchorTable(output.ToFloats(), Rows(outputs), IsColumnsFirst);
    }

    /// <summary>Whether the output is one table of floats: that of one image.</summary>
    internal bool IsIn(IReadOnlyDictionary<string, Tensor> outputs) =>
        outputs.TryGetValue(Name, out var output) && output.Type.IsFloatingPoint() && output.Rank >= 2 && output.Count > 0 && output.Count == output.Dims[^1] * output.Dims[^2];

    internal int Rows(IReadOnlyDictionary<string, Tensor> outputs) => (int)(IsColumnsFirst ? outputs[Name].Dims[^1] : outputs[Name].Dims[^2]);

    internal int Columns(IReadOnlyDictionary<string, Tensor> outputs) => (int)(IsColumnsFirst ? outputs[Name].Dims[^2] : outputs[Name].Dims[^1]);
}
