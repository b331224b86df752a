using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Model;

/// <summary>Everything that the emitters print, decided: they only format.</summary>
internal sealed record ClassModel(
    ModelManifest Manifest,
    EquatableArray<TensorModel> Inputs,
    EquatableArray<TensorModel> Outputs,
    EquatableArray<AxisModel> Axes,
    EquatableArray<LabelModel> Labels)
{
    /// <summary>The app around the class.</summary>
    public TargetApp App { get; init; } = TargetApp.Plain;

    public string Name => Manifest.ClassName;

    public string Access => Manifest.Access == Contract.Access.Internal ? "internal" : "public";

    public string LabelEnum => Name + "Label";

    /// <summary>The enum of labels, or the index where there are no labels.</summary>
    public string LabelType => Labels.Count > 0 ? LabelEnum : "int";

    /// <summary>Whether C# has a type for every value: else values are passed as OrtValue.</summary>
    public bool IsTyped => Inputs.Concat(Outputs).All(value => value.IsTyped);

    /// <summary>The inputs that the caller gives.</summary>
    public IEnumerable<TensorModel> Given => Inputs.Where(input => input.Role == ValueRole.Caller);

    /// <summary>The outputs that the caller gets.</summary>
    public IEnumerable<TensorModel> Results => Outputs.Where(output => output.Role == ValueRole.Caller);

    /// <summary>The name of the parameter for the memory of a recurrent model; null for every other.</summary>
    public string? State { get; init; }

    /// <summary>Whether the caller can know how long each output is.</summary>
    public bool HasFixedOutputs => Results.All(output => output.IsFixed && !output.IsString);

    /// <summary>How a stream of sound becomes the only input that a caller gives; null where it does not.</summary>
    public AudioInput? Audio => IsTyped && Axes.Count == 0 && Given.Count() == 1 ? Manifest.Inputs[Given.Single().Index].Audio : null;

    /// <summary>How the only input is made from an image; null where it is not.</summary>
    public ImageInput? Image => Inputs.Count == 1 && Inputs[0].Type == "float" ? Manifest.Inputs[0].Image : null;

    /// <summary>The number of the output that holds the scores of the classes; −1 where there is none to read.</summary>
    public int ScoreOutput
    {
        get
        {
            if (Manifest.Task != ModelTask.Classification || !IsTyped)
                return -1;

            var kinds = Manifest.Outputs.Select(output => output.Kind).ToList();
            var index = Math.Max(0, kinds.FindIndex(kind => kind is OutputKind.Probabilities or OutputKind.Logits));
            return index < Outputs.Count && Outputs[index].Type == "float" ? index : -1;
        }
    }

    /// <summary>Whether one call can classify one sample.</summary>
    public bool ClassifiesValues => ScoreOutput >= 0 && TakesOneSample;

    public bool ClassifiesImages => ScoreOutput >= 0 && Image is not null;

    /// <summary>How objects are read from the outputs, for a detector of images; null where it has no Detect method.</summary>
    public DetectorModel? Detector => IsDetectorOfImages ? DetectorModel.Of(Manifest, out _) : null;

    /// <summary>The number of the output that is the embedding; −1 where there is none to read.</summary>
    public int EmbeddingOutput
    {
        get
        {
            if (Manifest.Task != ModelTask.Embedding || !IsTyped)
                return -1;

            var index = Math.Max(0, Manifest.Outputs.ToList().FindIndex(output => output.Kind == OutputKind.Embedding));
            return index < Outputs.Count && Outputs[index] is { Type: "float", IsOneVector: true } ? index : -1;
        }
    }

    public bool EmbedsImages => EmbeddingOutput >= 0 && Image is not null;

    public bool EmbedsValues => EmbeddingOutput >= 0 && TakesOneSample;

    /// <summary>Whether several samples can be embedded at once: the batch is open.</summary>
    public bool EmbedsBatches => EmbedsValues && !Inputs[0].IsFixed;

    /// <summary>How the class of each pixel is read, for a segmentation model of images; null where it has no Segment method.</summary>
    public SegmenterModel? Segmenter => Manifest.Task == ModelTask.Segmentation && IsTyped && Image is not null ? SegmenterModel.Of(Manifest, Outputs, out _) : null;

    /// <summary>What a regression predicts; null where that is not known, or it is none.</summary>
    public PredictorModel? Predictor => Manifest.Task == ModelTask.Regression && IsTyped ? PredictorModel.Of(Manifest, Outputs, out _) : null;

    public bool PredictsFromImages => Predictor is not null && Image is not null;

    public bool PredictsFromValues => Predictor is not null && TakesOneSample;

    /// <summary>Whether several samples can be predicted at once: the batch is open, from the input to the output.</summary>
    public bool PredictsBatches => PredictsFromValues && !Inputs[0].IsFixed && Predictor!.HasBatch;

    /// <summary>Whether there is a single input whose only open axis may be the batch.</summary>
    public bool TakesOneSample => Inputs.Count == 1 && !Inputs[0].IsScalar && Inputs[0].IsFixedButForBatch;

    private bool IsDetectorOfImages => Manifest.Task == ModelTask.Detection && IsTyped && Image is not null;
}
