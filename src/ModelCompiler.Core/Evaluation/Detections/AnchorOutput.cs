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
        return new AnchorTable(output.ToFloats(), (int)(IsColumnsFirst ? output.Dims[^1] : output.Dims[^2]), IsColumnsFirst);
    }

    internal int Columns(IReadOnlyDictionary<string, Tensor> outputs) => (int)(IsColumnsFirst ? outputs[Name].Dims[^2] : outputs[Name].Dims[^1]);
}
