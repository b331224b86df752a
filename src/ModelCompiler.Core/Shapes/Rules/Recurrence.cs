using ModelCompiler.Contract;

namespace ModelCompiler.Shapes.Rules;

/// <summary>LSTM, GRU and RNN: X [sequence, batch, input]; Y [sequence, directions, batch, hidden]; states [directions, batch, hidden].</summary>
internal static class Recurrence
{
    public static IEnumerable<(string, ShapeRule)> Rules => [("LSTM GRU RNN", Recurrent)];

    public static void Recurrent(NodeInference node)
    {
        var hidden = node.Node.GetInt("hidden_size", 0) is > 0 and var size ? Dimension.Of(size) : node.Shape(2) is { Rank: 3 } recurrence ? recurrence[2] : Dimension.Unknown;
        var directions = Dimension.Of(node.Node.GetString("direction", "forward") == "bidirectional" ? 2 : 1);
        var batchFirst = node.Node.GetInt("layout", 0) != 0;
        var input = node.Shape(0) is { Rank: 3 } known ? known : null;
        var sequence = input?[batchFirst ? 1 : 0] ?? Dimension.Unknown;
        var batch = input?[batchFirst ? 0 : 1] ?? Dimension.Unknown;
        node.Set(0, node.Element(0), batchFirst ? [batch, sequence, directions, hidden] : [sequence, directions, batch, hidden]);
        for (var state = 1; state <= 2; state++)
            node.Set(state, node.Element(0), batchFirst ? [batch, directions, hidden] : [directions, batch, hidden]);
    }
}
