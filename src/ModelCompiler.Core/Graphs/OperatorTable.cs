namespace ModelCompiler.Graphs;

/// <summary>What is known of operators, one entry for each operator of ONNX's own set and of ONNX Runtime's.</summary>
/// <typeparam name="T">The kind of rule.</typeparam>
/// <param name="onnx">Entries for ONNX's own operators, by family; an entry may name several operators, with spaces between them.</param>
/// <param name="microsoft">Those for <c>com.microsoft</c>.</param>
internal sealed class OperatorTable<T>(
    IEnumerable<IEnumerable<(string Operators, T Rule)>> onnx, IEnumerable<(string Operators, T Rule)> microsoft)
    where T : class
{
    private readonly Dictionary<string, T> _onnx = Join(onnx.SelectMany(family => family));
    private readonly Dictionary<string, T> _microsoft = Join(microsoft);

    /// <summary>The rule of a node's operator, or null for one that is not in the table or that the model defines itself.</summary>
    public T? Find(Node node)
    {
        if (node.Graph.Model.Functions.Any(function => function.Domain == node.Domain && function.Name == node.OpType))
            return null;
        return node.Domain switch
        {
            "" => _onnx.GetValueOrDefault(node.OpType),
            "com.microsoft" => _microsoft.GetValueOrDefault(node.OpType),
            _ => null,
        };
    }

    private static Dictionary<string, T> Join(IEnumerable<(string Operators, T Rule)> entries)
    {
        var table = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (operators, rule) in entries)
        {
            foreach (var op in operators.Split(' '))
                table.Add(op, rule);
        }

        return table;
    }
}
