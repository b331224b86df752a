namespace ModelCompiler.Graphs;

/// <summary>
/// Checks what must hold of every graph: names are unique, every value that is read is made before, uses and producers agree,
/// and nothing that was removed is still read.
/// </summary>
public static class GraphVerifier
{
    /// <summary>The first few problems in words; empty when the model is sound.</summary>
    public static IReadOnlyList<string> Verify(Model model)
    {
        var problems = new List<string>();
        VerifyGraph(model.Graph, new Scope(null), problems);
        return problems;
    }

    private static void VerifyGraph(Graph graph, Scope scope, List<string> problems)
    {
        foreach (var input in graph.Inputs)
            scope.Define(input, problems);
        foreach (var initializer in graph.Initializers)
        {
            if (initializer.Initializer is null)
                problems.Add($"the initializer '{initializer.Name}' has no data");
            if (!initializer.IsGraphInput)
                scope.Define(initializer, problems);
        }

        IReadOnlyList<Node> nodes;
        try
        {
            nodes = graph.Nodes;
        }
        catch (InvalidOperationException cycle)
        {
            problems.Add(cycle.Message);
            return;
        }

        foreach (var node in nodes)
            VerifyNode(node, scope, problems);
        foreach (var output in graph.Outputs)
        {
            if (!scope.Holds(output))
                problems.Add($"the output '{output.Name}' of graph '{graph.Name}' is made by no node");
        }
    }

    private static void VerifyNode(Node node, Scope scope, List<string> problems)
    {
        if (node.IsRemoved)
            problems.Add($"{node} was removed and still stands in the graph");
        for (var i = 0; i < node.Inputs.Count; i++)
        {
            if (node.Inputs[i] is not { } input)
                continue;
            if (!scope.Holds(input))
                problems.Add($"{node} reads '{input.Name}', which nothing before it makes");
            if (!input.Uses.Contains(new Use(node, i)))
                problems.Add($"'{input.Name}' does not know that {node} reads it");
        }

        foreach (var nested in node.Subgraphs)
        {
            if (nested.Parent != node.Graph)
                problems.Add($"the graph nested in {node} belongs to another graph");
            VerifyGraph(nested, new Scope(scope), problems);
        }

        foreach (var output in node.Outputs.OfType<Value>())
        {
            if (output.Producer != node)
                problems.Add($"'{output.Name}' is not known to be made by {node}");
            scope.Define(output, problems);
        }
    }

    /// <summary>The values that may be read at a point: those of this graph so far and of the graphs around it.</summary>
    private sealed class Scope(Scope? outer)
    {
        private readonly HashSet<Value> _values = [];
        private readonly HashSet<string> _names = new(StringComparer.Ordinal);

        public bool Holds(Value value) => _values.Contains(value) || (outer?.Holds(value) ?? false);

        public void Define(Value value, List<string> problems)
        {
            if (!_names.Add(value.Name))
                problems.Add($"two values are named '{value.Name}'");
            _values.Add(value);
        }
    }
}
