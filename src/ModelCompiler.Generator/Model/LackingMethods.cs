using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Model;

/// <summary>Says why a class lacks the method that its task lets one expect; null where it has the method, or is for another task.</summary>
internal static class LackingMethods
{
    private const string NoImage = "what its input is made of is not known. Set Preprocess on the <Model> item";

    private const string NoTypes = "not all of its inputs and outputs have types that C# has";

    public static string? Classify(ClassModel model)
    {
        if (model.Manifest.Task != ModelTask.Classification || model.ClassifiesImages || model.ClassifiesValues)
            return null;
        return model.ScoreOutput < 0 ? "it has no output of float scores" : NoSample(model);
    }

    public static string? Detect(ClassModel model)
    {
        if (model.Manifest.Task != ModelTask.Detection || model.Detector is not null)
            return null;
        if (model.Image is null)
            return NoImage;
        DetectorModel.Of(model.Manifest, out var reason);
        return reason ?? NoTypes;
    }

    public static string? Segment(ClassModel model)
    {
        if (model.Manifest.Task != ModelTask.Segmentation || model.Segmenter is not null)
            return null;
        if (model.Image is null)
            return NoImage;
        SegmenterModel.Of(model.Manifest, model.Outputs, out var reason);
        return reason ?? NoTypes;
    }

    public static string? Embed(ClassModel model)
    {
        if (model.Manifest.Task != ModelTask.Embedding || model.EmbedsImages || model.EmbedsValues)
            return null;
        return model.EmbeddingOutput < 0
            ? "it has no output that is one vector of floats for each sample. Say which it is by \"kind\": \"embedding\" in the model's sidecar"
            : NoSample(model);
    }

    public static string? Predict(ClassModel model)
    {
        if (model.Manifest.Task != ModelTask.Regression || model.PredictsFromImages || model.PredictsFromValues)
            return null;
        PredictorModel.Of(model.Manifest, model.Outputs, out var reason);
        return reason ?? (model.IsTyped ? NoSample(model) : NoTypes);
    }

    private static string NoSample(ClassModel model) =>
        model.Inputs.Count == 1 ? $"more than the batch of its input '{model.Inputs[0].OnnxName}' is open" : "it does not have exactly one input";
}
