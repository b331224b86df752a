namespace ModelCompiler.Contract;

/// <summary>What is said of an input that is no image.</summary>
/// <param name="Input">The input's name.</param>
public sealed record InputBinding(string Input)
{
    /// <summary>That an input is no state although its name looks like one.</summary>
    public const string NoState = "none";

    /// <summary>The output whose value it gets in the next run; <see cref="NoState"/> for none.</summary>
    public string? State { get; init; }

    /// <summary>The value that it always has.</summary>
    public double? Value { get; init; }

    /// <summary>How a stream of sound becomes it.</summary>
    public AudioInput? Audio { get; init; }
}
