using System.Globalization;

namespace ModelCompiler.Graphs;

/// <summary>An ONNX model in memory: its graph and what the file says around it.</summary>
public sealed class Model : IDisposable
{
    private readonly Dictionary<string, long> _opsets = new(StringComparer.Ordinal);
    private readonly IDisposable? _source;
    private readonly Dictionary<string, int> _lastNumbers = new(StringComparer.Ordinal);
    private HashSet<string>? _names;

    /// <param name="irVersion">Version of the file format.</param>
    /// <param name="graphName">Name of the graph.</param>
    /// <param name="source">What holds the weights (a mapped file); disposed with the model.</param>
    public Model(long irVersion, string graphName, IDisposable? source = null)
    {
        IrVersion = irVersion;
        Graph = new Graph(this, null, graphName);
        _source = source;
    }

    public long IrVersion { get; internal set; }

    public Graph Graph { get; }

    /// <summary>Version of each operator set by domain; the default domain is the empty string.</summary>
    public IReadOnlyDictionary<string, long> Opsets => _opsets;

    /// <summary>Version of ONNX's own operator set.</summary>
    public long Opset => _opsets.GetValueOrDefault("", 1);

    /// <summary>The file's metadata_props, in their order.</summary>
    public IList<KeyValuePair<string, string>> Metadata { get; } = [];

    /// <summary>Functions that the file defines: carried from reader to writer, called by nodes of their domain and name.</summary>
    public IReadOnlyList<ModelFunction> Functions { get; internal set; } = [];

    internal object? Record { get; set; }

    /// <summary>A copy that can be edited on its own. Tensors are shared; the copy must not outlive this model where they lie in its file.</summary>
    public Model Clone() => ModelCloner.Clone(this);

    public void Dispose() => _source?.Dispose();

    /// <summary>A name that no value of the model bears: <paramref name="hint"/> itself, or with a number behind it.</summary>
    internal string UniqueName(string hint)
    {
        _names ??= [.. Graph.SelfAndNested.SelectMany(ValueNames)];
        var name = hint;
        while (!_names.Add(name))
        {
            var number = _lastNumbers[hint] = _lastNumbers.GetValueOrDefault(hint) + 1;
            name = string.Create(CultureInfo.InvariantCulture, $"{hint}_{number}");
        }

        return name;
    }

    private static IEnumerable<string> ValueNames(Graph graph) =>
        graph.Inputs.Concat(graph.Initializers).Concat(graph.Nodes.SelectMany(node => node.Outputs.OfType<Value>())).Select(value => value.Name);

    internal void SetOpset(string domain, long version) => _opsets[domain] = version;
}

/// <summary>A function that the model file defines, called by nodes of this domain and operator type.</summary>
public sealed record ModelFunction(string Domain, string Name, object Record);
