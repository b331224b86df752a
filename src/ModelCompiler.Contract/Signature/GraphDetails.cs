namespace ModelCompiler.Contract;

/// <summary>What the graph's nodes and initializers say about its inputs and outputs: which inputs have a value, which operator makes an output.</summary>
/// <remarks>Field numbers: onnx/onnx.proto3 of the ONNX project.</remarks>
internal sealed class GraphDetails
{
    // Far above what exporters write; a file that names more is not followed further.
    private const int MaxExternalFiles = 10_000;

    private readonly HashSet<string> _knownFiles = new(StringComparer.Ordinal);
    private readonly ProtobufCursor _cursor;
    private readonly HashSet<string> _inputs;

    public GraphDetails(ProtobufCursor cursor, IEnumerable<ValueSignature> inputs, IEnumerable<ValueSignature> outputs)
    {
        _cursor = cursor;
        _inputs = new HashSet<string>(inputs.Select(input => input.Name), StringComparer.Ordinal);
        foreach (var output in outputs)
            OutputOperators[output.Name] = "";
    }

    /// <summary>Names of inputs that are initializers as well, so that no caller needs to give them.</summary>
    public HashSet<string> InitializedInputs { get; } = new(StringComparer.Ordinal);

    /// <summary>Operator type by the name of the output it computes; empty where no node does.</summary>
    public Dictionary<string, string> OutputOperators { get; } = new(StringComparer.Ordinal);

    /// <summary>Files that initializers are stored in, in the order they are first named.</summary>
    public List<string> ExternalFiles { get; } = [];

    /// <summary>Walks the rest of the GraphProto that the cursor is in.</summary>
    public void Read()
    {
        while (_cursor.NextField())
        {
            switch (_cursor.Field)
            {
                case 1: ReadNode(); break;
                case 5: ReadTensor(); break;
                case 15: ReadSparseTensor(); break;
                default: _cursor.Skip(); break;
            }
        }
    }

    private void ReadNode()
    {
        var made = new List<string>();
        var operatorType = "";
        _cursor.Enter();
        while (_cursor.NextField())
        {
            switch (_cursor.Field)
            {
                case 2 when _cursor.ReadString(SignatureReader.MaxNameBytes) is var output:
                    if (OutputOperators.ContainsKey(output))
                        made.Add(output);
                    break;
                case 4: operatorType = _cursor.ReadString(SignatureReader.MaxNameBytes); break;
                default: _cursor.Skip(); break;
            }
        }
        _cursor.Leave();
        foreach (var output in made)
            OutputOperators[output] = operatorType;
    }

    private void ReadTensor()
    {
        _cursor.Enter();
        while (_cursor.NextField())
        {
            switch (_cursor.Field)
            {
                case 8: NoteInitializer(_cursor.ReadString(SignatureReader.MaxNameBytes)); break;
                case 13: ReadExternalDataEntry(); break;
                default: _cursor.Skip(); break;
            }
        }
        _cursor.Leave();
    }

    // A sparse initializer carries its name on the tensor of its values.
    private void ReadSparseTensor()
    {
        _cursor.Enter();
        while (_cursor.NextField())
        {
            if (_cursor.Field == 1)
                ReadTensor();
            else
                _cursor.Skip();
        }
        _cursor.Leave();
    }

    private void ReadExternalDataEntry()
    {
        var (key, value) = ("", "");
        _cursor.Enter();
        while (_cursor.NextField())
        {
            switch (_cursor.Field)
            {
                case 1: key = _cursor.ReadString(SignatureReader.MaxNameBytes); break;
                case 2: value = _cursor.ReadString(SignatureReader.MaxNameBytes); break;
                default: _cursor.Skip(); break;
            }
        }
        _cursor.Leave();
        if (key == "location" && ExternalFiles.Count < MaxExternalFiles && _knownFiles.Add(value))
            ExternalFiles.Add(value);
    }

    private void NoteInitializer(string name)
    {
        if (_inputs.Contains(name))
            InitializedInputs.Add(name);
    }
}
