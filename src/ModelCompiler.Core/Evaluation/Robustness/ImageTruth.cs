using ModelCompiler.Calibration;
using ModelCompiler.Evaluation.Detections;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation.Robustness;

/// <summary>What is the right answer to an image, whatever happens to it: what its label says, else what the original answers while nothing has happened yet.</summary>
/// <param name="Label">The right class; null where there is none.</param>
/// <param name="Boxes">The objects; null for a classifier.</param>
internal sealed record ImageTruth(int? Label, IReadOnlyList<LabelledBox>? Boxes)
{
    /// <summary>What a detector is this sure of, an app shows.</summary>
    private const float Confident = 0.3f;

    /// <param name="clean">The image's sample; its expected outputs are the original's.</param>
    /// <param name="detections">Reads the objects that the model finds; null for a model that finds none.</param>
    public static ImageTruth Of(Sample clean, DetectionReader? detections) => detections is null
        ? new ImageTruth(clean.Label ?? BestClass(clean.ExpectedOutputs), null)
        : new ImageTruth(null, clean.Boxes ?? [.. detections.Read(clean, clean.ExpectedOutputs).Where(box => box.Score >= Confident).Select(box => new LabelledBox(box.Class, box.Box))]);

    /// <summary>The sample of what became of the image, with what is right for it.</summary>
    public Sample For(Sample sample) => sample with { Label = Label, Boxes = Boxes };

    private static int? BestClass(IReadOnlyDictionary<string, Tensor> outputs) =>
        TopClass.Find(outputs, 2) is { } scores && TopClass.OfRow(outputs[scores]) is { } best and not TopClass.None ? best : null;
}
