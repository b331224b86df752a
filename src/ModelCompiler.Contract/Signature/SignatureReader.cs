namespace ModelCompiler.Contract;

/// <summary>
/// Reads what a caller must know of a model: inputs, outputs, opset, metadata. Goes over the weights without reading them,
/// so it takes milliseconds and a constant amount of memory whatever the model's size.
/// </summary>
/// <remarks>Field numbers: onnx/onnx.proto3 of the ONNX project. Limits: inputs, nodes and initializers are counted, texts are measured.</remarks>
public sealed class SignatureReader
{
    private const int MaxEntries = 1_000_000;
    private const int MaxValues = 100_000;
    internal const int MaxNameBytes = 64 * 1024;
    private const int MaxTextBytes = 16 * 1024 * 1024;   // of all metadata together

    private readonly ProtobufCursor _cursor;
    private readonly string? _file;
    private readonly ValueReader _values;
    private readonly List<ValueSignature> _inputs = [];
    private readonly List<ValueSignature> _outputs = [];
    private readonly List<string> _outputOperators = [];
    private readonly List<string> _externalFiles = [];
    private readonly List<MetadataEntry> _metadata = [];
    private int _textBudget = MaxTextBytes;
    private string _name = "";
    private long _irVersion;
    private long _opset = 1;   // what a file without opset_import, older than IR version 3, means
    private bool _hasGraph;

    private SignatureReader(Stream stream, string? file)
    {
        _cursor = new ProtobufCursor(stream, file);
        _file = file;
        _values = new ValueReader(_cursor, file);
    }

    /// <summary>Reads the signature of the model at <paramref name="path"/>.</summary>
    /// <exception cref="DiagnosticException">
    /// MC0001 no such file, MC1001 not ONNX, MC1002 a Git-LFS pointer, MC1003 truncated, MC1006 too deep, MC1008 over a limit,
    /// MC1009 an input or output without a name, MC1011 cannot be opened.
    /// </exception>
    public static ModelSignature Read(string path)
    {
        using var stream = Open(path);
        return Read(stream, path);
    }

    /// <summary>Reads the signature of the model in a seekable stream, from its start.</summary>
    public static ModelSignature Read(Stream stream, string? file)
    {
        FileKind.Reject(stream, file);
        var reader = new SignatureReader(stream, file);
        try
        {
            return reader.ReadModel();
        }
        catch (DiagnosticException exception) when (exception.Diagnostic.Rule == DiagnosticRules.Truncated && reader is { _irVersion: 0, _hasGraph: false })
        {
            throw new DiagnosticException(DiagnosticRules.NotOnnx.Create(file, "it does not begin like one"));
        }
    }

    private static FileStream Open(string path)
    {
        if (!File.Exists(path))
            throw new DiagnosticException(DiagnosticRules.ModelFileMissing.Create(path, path));
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(DiagnosticRules.ModelUnreadable.Create(path, exception.Message));
        }
    }

    private ModelSignature ReadModel()
    {
        while (_cursor.NextField())
            ReadModelField();
        if (!_hasGraph)
            throw new DiagnosticException(DiagnosticRules.NotOnnx.Create(_file, "it holds no graph"));
        return new ModelSignature(_name, _irVersion, _opset, new(_inputs), new(_outputs), new(_metadata))
        {
            OutputOperators = new(_outputOperators),
            ExternalFiles = new(_externalFiles),
        };
    }

    private void ReadModelField()
    {
        switch (_cursor.Field)
        {
            case 1: _irVersion = _cursor.ReadInt64(); break;
            case 2: AddMetadata("producer_name"); break;
            case 3: AddMetadata("producer_version"); break;
            case 4: AddMetadata("domain"); break;
            case 6: AddMetadata("doc_string"); break;
            case 7: ReadGraph(); break;
            case 8: ReadOpset(); break;
            case 14: ReadMetadataEntry(); break;
            default: _cursor.Skip(); break;
        }
    }

    private void AddMetadata(string key) => Add(_metadata, new MetadataEntry(key, ReadText()), "metadata entries");

    private string ReadText()
    {
        var start = _cursor.Position;
        var text = _cursor.ReadString(_textBudget);
        _textBudget -= (int)(_cursor.Position - start);
        return text;
    }

    private void ReadOpset()
    {
        var (domain, version) = ("", 0L);
        _cursor.Enter();
        while (_cursor.NextField())
        {
            switch (_cursor.Field)
            {
                case 1: domain = _cursor.ReadString(MaxNameBytes); break;
                case 2: version = _cursor.ReadInt64(); break;
                default: _cursor.Skip(); break;
            }
        }
        _cursor.Leave();
        if (domain is "" or "ai.onnx")
            _opset = version;
    }

    private void ReadMetadataEntry()
    {
        var (key, value) = ("", "");
        _cursor.Enter();
        while (_cursor.NextField())
        {
            switch (_cursor.Field)
            {
                case 1: key = _cursor.ReadString(MaxNameBytes); break;
                case 2: value = ReadText(); break;
                default: _cursor.Skip(); break;
            }
        }
        _cursor.Leave();
        Add(_metadata, new MetadataEntry(key, value), "metadata entries");
    }

    private void ReadGraph()
    {
        _hasGraph = true;
        _cursor.Enter();
        var start = _cursor.Position;
        var (nodes, initializers) = (0, 0);
        while (_cursor.NextField())
        {
            switch (_cursor.Field)
            {
                case 1: Count(ref nodes, "nodes"); _cursor.Skip(); break;
                case 2: _name = _cursor.ReadString(MaxNameBytes); break;
                case 5 or 15: Count(ref initializers, "initializers"); _cursor.Skip(); break;
                case 10: AddMetadata("graph_doc_string"); break;
                case 11: Add(_inputs, _values.Read(), "inputs"); break;
                case 12: Add(_outputs, _values.Read(), "outputs"); break;
                default: _cursor.Skip(); break;
            }
        }
        _cursor.Rewind(start);
        AddDetails();
        _cursor.Leave();
    }

    // A second walk, because inputs and initializers come in either order and the names of a million initializers need not be held.
    private void AddDetails()
    {
        var details = new GraphDetails(_cursor, _inputs, _outputs);
        details.Read();
        _inputs.RemoveAll(input => details.InitializedInputs.Contains(input.Name));
        _externalFiles.AddRange(details.ExternalFiles);
        _outputOperators.Clear();
        _outputOperators.AddRange(_outputs.Select(output => details.OutputOperators[output.Name]));
    }

    private void Add<T>(List<T> list, T item, string what)
    {
        if (list.Count == MaxValues)
            throw new DiagnosticException(DiagnosticRules.TooLarge.Create(_file, $"more than {MaxValues} {what}", MaxValues));
        list.Add(item);
    }

    private void Count(ref int count, string what)
    {
        if (++count > MaxEntries)
            throw new DiagnosticException(DiagnosticRules.TooLarge.Create(_file, $"more than {MaxEntries} {what}", MaxEntries));
    }
}
