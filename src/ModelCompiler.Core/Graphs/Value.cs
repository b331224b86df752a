namespace ModelCompiler.Graphs;

/// <summary>One place where a value is read: input <paramref name="Index"/> of <paramref name="Node"/>.</summary>
public readonly record struct Use(Node Node, int Index);

/// <summary>
/// What flows along an edge: a graph input, an initializer or a node's output. It knows who makes it and who reads it,
/// readers in nested graphs (If, Loop, Scan) included.
/// </summary>
public sealed class Value
{
    private readonly List<Use> _uses = [];

    internal Value(Graph graph, string name, OnnxType? type)
    {
        Graph = graph;
        Name = name;
        Type = type;
    }

    public Graph Graph { get; }

    public string Name { get; internal set; }

    public OnnxType? Type { get; internal set; }

    public TensorType? TensorType => Type as TensorType;

    /// <summary>The shape where the rank is known, else null.</summary>
    public Shape? Shape => TensorType?.Shape;

    /// <summary>The node that makes it; null for graph inputs and initializers.</summary>
    public Node? Producer { get; internal set; }

    /// <summary>The weight stored under this name, else null.</summary>
    public Tensor? Initializer { get; internal set; }

    public IReadOnlyList<Use> Uses => _uses;

    /// <summary>What the file says of the value beside its type (documentation, denotations, unknown fields), for the writer.</summary>
    internal object? Record { get; set; }

    public bool IsGraphInput { get; internal set; }

    /// <summary>In how many output lists it stands; a value of an outer graph may be the output of an inner one.</summary>
    internal int OutputListings { get; set; }

    public bool IsGraphOutput => OutputListings > 0;

    public bool IsUsed => _uses.Count > 0 || IsGraphOutput;

    /// <summary>The tensor that it always is: an initializer that callers cannot override, or a Constant node's value. Else null.</summary>
    public Tensor? Constant =>
        Initializer is not null ? IsOverridable ? null : Initializer :
        Producer is { OpType: "Constant", Domain: "" } constant ? constant.GetTensor("value") : null;

    /// <summary>
    /// From IR version 4 on, an initializer that is also listed as graph input is a default which a caller may override.
    /// Before, every initializer had to be listed, and none could be overridden.
    /// </summary>
    public bool IsOverridable => Initializer is not null && IsGraphInput && Graph.Model.IrVersion >= 4;

    /// <summary>True when no other node reads it and it is no graph output.</summary>
    public bool IsUsedOnlyBy(Node node) => !IsGraphOutput && _uses.Count > 0 && _uses.TrueForAll(use => use.Node == node);

    /// <summary>The nodes that read it, each once.</summary>
    public IEnumerable<Node> Consumers => _uses.Select(use => use.Node).Distinct();

    public override string ToString() => Type is null ? Name : $"{Name}: {Type}";

    internal void AddUse(Use use) => _uses.Add(use);

    internal void RemoveUse(Use use) => _uses.Remove(use);
}
