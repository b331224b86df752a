using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Confidence;

namespace ModelCompiler.Calibration;

/// <summary>What a data set must know of the model that it feeds.</summary>
/// <param name="Inputs">The required inputs, with the way from an image where one is an image.</param>
/// <param name="Outputs">The outputs, whose expected values a data set may carry.</param>
/// <param name="Labels">The names of the classes, by which folders of a class are recognised; empty where they are not known.</param>
public sealed record DataModel(IReadOnlyList<ManifestInput> Inputs, IReadOnlyList<ValueSignature> Outputs, IReadOnlyList<string> Labels)
{
    /// <summary>The outputs that boxes are read from: one table, or boxes and their scores; empty for a model that finds no objects.</summary>
    public IReadOnlyList<ManifestOutput> Detections { get; init; } = [];

    /// <summary>What the model is for, which says what the labels of a data set are.</summary>
    public ModelTask Task { get; init; }

    /// <summary>The same outputs with the meaning of their numbers; empty where nothing is known of it.</summary>
    public IReadOnlyList<ManifestOutput> Meanings { get; init; } = [];

    /// <summary>The output of a kind; null where there is none.</summary>
    public ManifestOutput? OutputOf(OutputKind kind) => Meanings.FirstOrDefault(output => output.Kind == kind);

    /// <summary>How many classes a sample may be of; null where that is not known, or samples have none.</summary>
    public int? Classes { get; init; }

    /// <summary>The output that holds probabilities or logits of classes; null where none is known to.</summary>
    public ScoreOutput? Scores { get; init; }

    /// <summary>Whether the model finds objects, so that a data set's boxes are its labels.</summary>
    public bool IsDetector => Detections.Count > 0;

    /// <summary>What the manifest says.</summary>
    public static DataModel Of(ModelManifest manifest) => Of(manifest.Task, manifest.Inputs, manifest.Outputs, manifest.Labels);

    /// <summary>What is known of the model.</summary>
    public static DataModel Of(ModelDescription model) => Of(model.Task, model.Inputs, model.Outputs, model.Labels);

    private static DataModel Of(ModelTask task, IReadOnlyList<ManifestInput> inputs, IReadOnlyList<ManifestOutput> outputs, IReadOnlyList<string> labels) =>
        new(inputs, [.. outputs.Select(output => output.Value)], labels)
        {
            Detections = [.. outputs.Where(output => output.Detection is not null)],
            Task = task,
            Scores = ScoreOutput.Of(outputs),
            Meanings = outputs,
            Classes = outputs.FirstOrDefault(output => output.Kind is OutputKind.Probabilities or OutputKind.Logits) is { } scores ? ClassesOf(scores.Value, labels) : null,
        };

    private static int? ClassesOf(ValueSignature scores, IReadOnlyList<string> labels)
    {
        var count = ModelDescriber.ClassCount(scores) ?? labels.Count;
        return count > 1 ? (int)count : null; // one score is for one of two answers
    }
}
