using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using ModelCompiler.Contract;

namespace ModelCompiler.MSBuild;

/// <summary>
/// Runs <c>modelc build</c> once, for those models of a project whose inputs changed since they were compiled; starts no process when
/// there are none. ONNX Runtime works in that process, so nothing native enters the build node.
/// </summary>
public sealed class CompileModels : ToolTask
{
    /// <summary>Name of the file, beside the plan, that the build has open which compiles.</summary>
    private const string LockFile = "models.lock";

    private readonly CancellationTokenSource _cancelled = new();
    private readonly List<StampedModel> _models = [];
    private readonly List<StampedModel> _stale = [];
    private IReadOnlyList<KeyValuePair<string, string>> _inputs = [];
    private IReadOnlyList<KeyValuePair<string, string>> _locks = [];
    private DiagnosticLog? _log;
    private string _requestFile = "";
    private string _settings = "";
    private string? _lastWords;

    /// <summary>The plan that <see cref="InspectModels"/> wrote.</summary>
    [Required]
    public string Plan { get; set; } = "";

    /// <summary>Path of <c>modelc.dll</c>.</summary>
    [Required]
    public string Tool { get; set; } = "";

    /// <summary>Path of the <c>dotnet</c> that runs this build; found on the PATH when empty.</summary>
    public string? DotNetHost { get; set; }

    /// <summary>Folder in which to find it otherwise; Visual Studio knows only this.</summary>
    public string? DotNetRoot { get; set; }

    /// <summary>False: models are passed through.</summary>
    public bool Optimize { get; set; } = true;

    /// <summary>True: what comes of the models is written into their locks, all of them, also of those that did not change.</summary>
    public bool Accept { get; set; }

    public string? CacheDirectory { get; set; }

    /// <summary>Address of a cache that a team shares.</summary>
    public string? RemoteCache { get; set; }

    /// <summary>False: results are only taken from it.</summary>
    public bool RemoteCacheUpload { get; set; } = true;

    /// <summary>Native files that NuGet resolved, among which ONNX Runtime's library for this machine is looked for.</summary>
    public ITaskItem[] NativeFiles { get; set; } = [];

    public string? HostRuntimeIdentifier { get; set; }

    /// <summary>Folder of the pages that explain diagnostics.</summary>
    public string? Documentation { get; set; }

    /// <summary>The project's <c>TreatWarningsAsErrors</c>.</summary>
    public bool TreatWarningsAsErrors { get; set; }

    /// <summary>Ids that it does not touch: <c>WarningsNotAsErrors</c> and <c>NoWarn</c>.</summary>
    public string? WarningsNotAsErrors { get; set; }

    protected override string ToolName => Path.DirectorySeparatorChar == '\\' ? "dotnet.exe" : "dotnet";

    // What came of a model is for everyone, its progress for who wants to know more. Also tells the two streams apart.
    protected override MessageImportance StandardOutputLoggingImportance => MessageImportance.High;

    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.Normal;

    protected override Encoding StandardOutputEncoding => Encoding.UTF8;

    protected override Encoding StandardErrorEncoding => Encoding.UTF8;

    private DiagnosticLog Diagnostics => _log ??= new DiagnosticLog(Log, Documentation, new WarningSwitches(TreatWarningsAsErrors, WarningsNotAsErrors), MessageImportance.High);

    private StateRecord Record => new(Path.Combine(Path.GetDirectoryName(Plan)!, "compiled.record"));

    public override bool Execute()
    {
        YieldDuringToolExecution = true;
        try
        {
            _settings = Settings();
            if (!Accept && Record.Unchanged(_settings) is not null)
                return true;

            // Another build of this project may be at it: what it makes need not be made again, and must not be taken away under its hands.
            using var turn = TakeTurn();
            return base.Execute() && Finish();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (DiagnosticException exception)
        {
            Diagnostics.Add(exception.Diagnostic);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Diagnostics.Add(DiagnosticRules.OutputUnwritable.Create(Path.GetDirectoryName(Plan), exception.Message));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Diagnostics.AddInternal(Plan, exception);
        }
        return false;
    }

    public override void Cancel()
    {
        _cancelled.Cancel();
        base.Cancel();
    }

    // The other build may be one of this node's own, so that it can go on only if the node is let go.
    private FileLock? TakeTurn()
    {
        var node = BuildEngine as IBuildEngine3;
        var waits = false;
        try
        {
            return FileLock.Take(Path.Combine(Path.GetDirectoryName(Plan)!, LockFile), Wait, _cancelled.Token);
        }
        finally
        {
            if (waits)
                node?.Reacquire();
        }

        void Wait()
        {
            Log.LogMessage(MessageImportance.High, "Waiting for another build that compiles the models of this project.");
            waits = true;
            node?.Yield();
        }
    }

    /// <summary>What decides about the outputs beside the files.</summary>
    private string Settings() => string.Join("\n", NativeFiles.Select(item => item.ItemSpec).Concat([HostRuntimeIdentifier, ToolFingerprint.Of(Tool), Optimize ? "optimize" : "pass through"]));

    protected override bool SkipTaskExecution()
    {
        // The tool's own folder has the libraries that apps do not need.
        var files = NativeFiles.Select(item => item.GetMetadata("FullPath")).Append(Path.Combine(Path.GetDirectoryName(Tool)!, "runtimes", "any"));
        var nativePaths = NativeLibraries.Folders(files, HostRuntimeIdentifier);
        var plan = BuildRequestFile.Read(Plan) with
        {
            Optimize = Optimize,
            Accept = Accept,
            CacheDirectory = CacheDirectory,
            RemoteCache = string.IsNullOrWhiteSpace(RemoteCache) ? null : RemoteCache,
            RemoteCacheUpload = RemoteCacheUpload,
            NativePaths = new(nativePaths),
        };
        var tool = ToolFingerprint.Of(Tool);
        _inputs = StateRecord.Observe(plan.Models.SelectMany(InputFingerprint.Files).Append(Plan).Distinct(StringComparer.Ordinal));
        _locks = Locks(plan.Models);
        _models.AddRange(plan.Models.Select(model => new StampedModel(model, plan, tool)));
        _stale.AddRange(_models.Where(model => Accept || !model.IsUpToDate()));
        if (_stale.Count == 0)
            return true;
        foreach (var model in _stale)
            model.DeleteOutputs();
        Log.LogMessage(MessageImportance.High, "Compiling {0}: {1}", _stale.Count == 1 ? "a model" : "models", string.Join(", ", _stale.Select(model => model.Request.Name)));
        _requestFile = Path.Combine(Path.GetDirectoryName(Plan)!, "models.request.json");
        ChangedText.Write(_requestFile, BuildRequestFile.Write(plan with { Models = new(_stale.Select(model => model.Request)) }));
        return false;
    }

    protected override string GenerateFullPathToTool() =>
        !string.IsNullOrEmpty(DotNetHost) ? DotNetHost! : Path.Combine(DotNetRoot ?? "", ToolName);

    protected override string GenerateCommandLineCommands()
    {
        var line = new CommandLineBuilder();
        line.AppendSwitch("exec");
        line.AppendFileNameIfNotNull(Tool);
        line.AppendSwitch("build");
        line.AppendSwitchIfNotNull("--request ", _requestFile);
        return line.ToString();
    }

    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        if (CanonicalMessage.Parse(singleLine) is { } diagnostic)
            Diagnostics.Add(diagnostic);
        else
        {
            Log.LogMessage(messageImportance, "{0}", singleLine);
            if (messageImportance == StandardErrorLoggingImportance && singleLine.Trim().Length > 0)
                _lastWords ??= singleLine.Trim();   // of a crash, the first line names the reason and the rest is the stack
        }
    }

    protected override void LogToolCommand(string message) => Log.LogCommandLine(MessageImportance.Low, message);

    protected override bool HandleTaskExecutionErrors()
    {
        if (!Log.HasLoggedErrors)
            Diagnostics.Add(DiagnosticRules.Internal.Create(_requestFile, $"modelc ended with exit code {ExitCode}: {_lastWords?.TrimEnd('.') ?? "without a message"}"));
        return false;
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Locks(IEnumerable<ModelRequest> models) => StateRecord.Observe(models.Select(InputFingerprint.LockFile));

    // A model is stamped only when everything that was promised is there, so that a failure is tried again by the next build.
    private bool Finish()
    {
        if (Accept)
        {
            _locks = Locks(_models.Select(model => model.Request));
            _models.ForEach(model => model.TakeLock());
        }

        foreach (var model in _stale)
        {
            if (model.MissingOutput() is { } missing)
                Diagnostics.Add(DiagnosticRules.Internal.Create(model.Request.Model, $"modelc did not write '{missing}'"));
            else
                model.Stamp();
        }
        if (Log.HasLoggedErrors)
            return false;
        Record.Write(_settings, _inputs.Concat(_locks).Concat(StateRecord.Observe(_models.SelectMany(model => model.Outputs.Append(StampedModel.StampFile(model.Request))).Distinct(StringComparer.Ordinal))), []);
        return true;
    }
}
