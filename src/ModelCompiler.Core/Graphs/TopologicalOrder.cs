namespace ModelCompiler.Graphs;

/// <summary>Sorts nodes so that each follows what it reads, and otherwise keeps the order they were in.</summary>
internal static class TopologicalOrder
{
    /// <exception cref="InvalidOperationException">The nodes form a cycle.</exception>
    public static List<Node> Of(List<Node> nodes, Graph graph)
    {
        var position = new Dictionary<Node, int>(nodes.Count);
        for (var i = 0; i < nodes.Count; i++)
            position[nodes[i]] = i;

        var waitingFor = new int[nodes.Count];
        var readers = new List<int>?[nodes.Count];
        for (var i = 0; i < nodes.Count; i++)
        {
            foreach (var producer in Producers(nodes[i], graph))
            {
                var p = position[producer];
                (readers[p] ??= []).Add(i);
                waitingFor[i]++;
            }
        }

        var ready = new PriorityQueue<int, int>();
        for (var i = 0; i < nodes.Count; i++)
        {
            if (waitingFor[i] == 0)
                ready.Enqueue(i, i);
        }

        var sorted = new List<Node>(nodes.Count);
        while (ready.TryDequeue(out var i, out _))
        {
            sorted.Add(nodes[i]);
            foreach (var reader in readers[i] ?? [])
            {
                if (--waitingFor[reader] == 0)
                    ready.Enqueue(reader, reader);
            }
        }

        return sorted.Count == nodes.Count ? sorted : throw new InvalidOperationException($"The graph '{graph.Name}' has a cycle.");
    }

    /// <summary>The nodes of this graph whose values a node reads, itself or through its nested graphs.</summary>
    private static IEnumerable<Node> Producers(Node node, Graph graph) =>
        node.Inputs.OfType<Value>().Concat(node.Captures)
            .Select(value => value.Producer)
            .OfType<Node>()
            .Where(producer => producer.Graph == graph)
            .Distinct();
}
