namespace ModelCompiler.Evaluation.Reports;

/// <summary>A form of the model that was built and measured on the way to the one that is shipped. What was not measured is null.</summary>
public record FormFacts
{
    /// <summary>Its precision; <c>fp32</c> where a pruned model was bad enough to go no further.</summary>
    public string? Precision { get; init; }

    public long? Bytes { get; init; }

    /// <summary>From 0 to 1; null without labels, and where accuracy is an error.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Original minus this one.</summary>
    public double? AccuracyDrop { get; init; }

    public double? Top1Agreement { get; init; }

    public double? SqnrDb { get; init; }

    /// <summary>Original's time ÷ its own; null where it was not timed.</summary>
    public double? Speed { get; init; }

    /// <summary>Why it was not shipped; null where it was.</summary>
    public string? Refusal { get; init; }
}
