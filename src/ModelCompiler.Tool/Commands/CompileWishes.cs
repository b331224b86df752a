using System.CommandLine;
using ModelCompiler.Contract;

namespace ModelCompiler.Tool.Commands;

/// <summary>The options of <c>modelc compile</c> that say what is wanted of the compiled model. They win over the model's sidecar.</summary>
internal sealed class CompileWishes
{
    private readonly Option<string?> _precision = Symbols.Word("--precision", "Number format of weights and activations", OptionWords.Precisions);
    private readonly Option<string?> _prune = Symbols.Word("--prune", "What to prune", OptionWords.Prunings);
    private readonly Option<string?> _ratio = Symbols.Amount("--ratio", "Share of multiply-accumulates (channels) or weights to remove", Quantity.Fraction, Quantity.FractionForm);
    private readonly Option<string?> _calibration = Symbols.Data("--calibration", "Typical inputs");
    private readonly Option<string?> _evaluation = Symbols.Data("--evaluation", "Labelled inputs by which accuracy is measured");
    private readonly Option<string?> _outOfDistribution = Symbols.Data("--out-of-distribution", "Inputs that are nothing the model knows, of which it should not be sure");
    private readonly Option<bool?> _distill = new("--distill") { Description = "Train the compiled model to agree with its teacher." };
    private readonly Option<string?> _distillTime = Symbols.Amount("--distill-time", "How long to train", Quantity.Duration, Quantity.DurationForm);
    private readonly Option<string?> _teacher = new("--teacher") { Description = "The model to learn from; the original where it is not said.", HelpName = "model" };
    private readonly Option<string?> _maxDrop = Symbols.Amount("--max-drop", "Fail where accuracy drops by more", Quantity.Fraction, Quantity.FractionForm);
    private readonly Option<string?> _maxClassDrop = Symbols.Amount("--max-class-drop", "Fail where the accuracy of a single class or slice drops by more", Quantity.Fraction, Quantity.FractionForm);
    private readonly Option<string?> _minAgreement = Symbols.Amount("--min-agreement", "Fail where fewer of the original's answers stay", Quantity.Fraction, Quantity.FractionForm);
    private readonly Option<bool?> _requireEvidence = new("--require-evidence") { Description = "Fail where the samples are too few to show that accuracy keeps its limits." };
    private readonly Option<bool?> _robustness = new("--robustness") { Description = "Look at what disturbed inputs do; by itself where there is evaluation data." };
    private readonly Option<bool?> _checkPreprocessing = new("--check-preprocessing") { Description = "Fail where images are recognised better with other preprocessing; true unless it is said." };
    private readonly Option<string?> _maxSize = Symbols.Amount("--max-size", "Fail where the compiled model is larger", Quantity.Bytes, Quantity.BytesForm);
    private readonly Option<string?> _maxLatency = Symbols.Amount("--max-latency", "Fail where a run takes longer", Quantity.Duration, Quantity.DurationForm);
    private readonly Option<string?> _maxMemory = Symbols.Amount("--max-memory", "Fail where loading and running takes more memory", Quantity.Bytes, Quantity.BytesForm);

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _precision, _prune, _ratio, _calibration, _evaluation, _outOfDistribution, _distill, _distillTime, _teacher, _maxDrop, _maxClassDrop, _minAgreement, _requireEvidence, _robustness, _checkPreprocessing, _maxSize, _maxLatency, _maxMemory })
            command.Add(option);
    }

    public CompileOptions Read(ParseResult parsed) => new()
    {
        Precision = parsed.GetValue(_precision)?.ToLowerInvariant(),
        Pruning = parsed.GetValue(_prune)?.ToLowerInvariant(),
        PruningRatio = parsed.GetValue(_ratio),
        Calibration = FullPath(parsed.GetValue(_calibration)),
        Evaluation = FullPath(parsed.GetValue(_evaluation)),
        OutOfDistribution = FullPath(parsed.GetValue(_outOfDistribution)),
        Distill = parsed.GetValue(_distill),
        DistillTime = parsed.GetValue(_distillTime),
        Teacher = FullPath(parsed.GetValue(_teacher)),
        MaxAccuracyDrop = parsed.GetValue(_maxDrop),
        MaxClassDrop = parsed.GetValue(_maxClassDrop),
        MinAgreement = parsed.GetValue(_minAgreement),
        RequireEvidence = parsed.GetValue(_requireEvidence),
        Robustness = parsed.GetValue(_robustness),
        CheckPreprocessing = parsed.GetValue(_checkPreprocessing),
        MaxSize = parsed.GetValue(_maxSize),
        MaxLatency = parsed.GetValue(_maxLatency),
        MaxMemory = parsed.GetValue(_maxMemory),
    };

    private static string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path);
}
