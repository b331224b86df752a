namespace ModelCompiler.Graphs;

/// <summary>
/// Checks what must hold of every graph: names are unique, every value that is read is made before, producers and readers are known to the values
/// they belong to, and nothing that was removed is still read. Takes time in proportion to the model's edges.
/// </summary>
public static class GraphVerifier
{
    private const int MaxProblems = 8;

    /// <summary>The first few problems in words; empty when the model is sound.</summary>
    public static IReadOnlyList<string> Verify(Model model)
    {
        var walk = new Walk();
        walk.VisitGraph(model.Graph, new Scope(null));
        walk.VerifyReaders();
        return [.. walk.Problems.Take(MaxProblems)];
    }

    private sealed class Walk
    {
        private readonly Dictionary<Value, int> _reads = [];
        private readonly Dictionary<Value, int> _listings = [];

        public List<string> Problems { get; } = [];

        public void VisitGraph(Graph graph, Scope scope)
        {
            foreach (var input in graph.Inputs)
                Define(input, scope);
            foreach (var initializer in graph.Initializers)
            {
                if (initializer.Initializer is null)
                    Problems.Add($"the initializer '{initializer.Name}' has no data");
                if (!initializer.IsGraphInput)
                    Define(initializer, scope);
            }

            if (NodesOf(graph) is not { } nodes)
                return;
            foreach (var node in nodes)
                VisitNode(node, scope);
            foreach (var output in graph.Outputs)
            {
                Count(_listings, output);
                if (!scope.Holds(output))
                    Problems.Add($"the output '{output.Name}' of graph '{graph.Name}' is made by no node");
            }
        }

        /// <summary>What a value says of its readers must be what the nodes say: passes decide by it.</summary>
        public void VerifyReaders()
        {
            foreach (var (value, reads) in _reads)
            {
                if (value.Uses.Count != reads)
                    Problems.Add($"'{value.Name}' is read {reads} times and knows of {value.Uses.Count}");
                foreach (var use in value.Uses)
                {
                    if (use.Node.Input(use.Index) != value)
                        Problems.Add($"'{value.Name}' believes to be input {use.Index} of {use.Node}");
                }

                if (value.OutputListings != _listings.GetValueOrDefault(value))
                    Problems.Add($"'{value.Name}' is listed as output {_listings.GetValueOrDefault(value)} times and knows of {value.OutputListings}");
            }
        }

        private void VisitNode(Node node, Scope scope)
        {
            if (node.IsRemoved)
                Problems.Add($"{node} was removed and still stands in the graph");
            foreach (var input in node.Inputs.OfType<Value>())
            {
                Count(_reads, input);
                if (!scope.Holds(input))
                    Problems.Add($"{node} reads '{input.Name}', which nothing before it makes");
            }

            foreach (var nested in node.Subgraphs)
            {
                if (nested.Parent != node.Graph)
                    Problems.Add($"the graph nested in {node} belongs to another graph");
                VisitGraph(nested, new Scope(scope));
            }

            foreach (var output in node.Outputs.OfType<Value>())
            {
                if (output.Producer != node)
                    Problems.Add($"'{output.Name}' is not known to be made by {node}");
                Define(output, scope);
            }
        }

        private void Define(Value value, Scope scope)
        {
            _reads.TryAdd(value, 0);
            if (!scope.TryDefine(value))
                Problems.Add($"two values are named '{value.Name}'");
        }

        private IReadOnlyList<Node>? NodesOf(Graph graph)
        {
            try
            {
                return graph.Nodes;
            }
            catch (InvalidOperationException cycle)
            {
                Problems.Add(cycle.Message);
                return null;
            }
        }

        private static void Count(Dictionary<Value, int> counts, Value value) => counts[value] = counts.GetValueOrDefault(value) + 1;
    }

    /// <summary>The values that may be read at a point: those of this graph so far and of the graphs around it.</summary>
    private sealed class Scope(Scope? outer)
    {
        private readonly HashSet<Value> _values = [];
        private readonly HashSet<string> _names = new(StringComparer.Ordinal);

        public bool Holds(Value value) => _values.Contains(value) || (outer?.Holds(value) ?? false);

        /// <summary>False where the name is taken.</summary>
        public bool TryDefine(Value value)
        {
            _values.Add(value);
            return _names.Add(value.Name);
        }
    }
}
