using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Execution;

namespace ModelCompiler.Evaluation.Detections;

/// <summary>Finds the way from a model's outputs to boxes, from what is said of them, their shapes, and where those leave it open, from what the model answers.</summary>
public static class DetectorFinder
{
    /// <param name="file">The model, named in diagnostics.</param>
    /// <param name="model">What is known of the model.</param>
    /// <param name="original">Is run on the first sample where only its numbers can tell what they are.</param>
    /// <param name="samples">What it will be judged on.</param>
    /// <param name="report">Is given what was told from the numbers (MC2002).</param>
    /// <returns>Null for a model that finds no objects, or in a way that is not known.</returns>
    public static DetectionReader? Find(string file, DataModel model, OrtModel original, DataSet samples, Action<ModelDiagnostic> report)
    {
        if (model.Detections.FirstOrDefault(output => output.Kind is OutputKind.Detections or OutputKind.Boxes) is not { Detection: { } format } boxes)
            return null;
        var scores = model.Detections.FirstOrDefault(output => output.Kind == OutputKind.Scores);
        var reader = new DetectionReader(
            new AnchorOutput(boxes.Value.Name, format.IsColumnsFirst),
            scores is null ? null : new AnchorOutput(scores.Value.Name, scores.Detection!.IsColumnsFirst),
            new DetectionHead { HasObjectness = format.HasObjectness, Background = format.Background, Strides = [.. format.Strides] });
        if (format is { Box: { } coding, IsRelative: { } relative })
            return reader with { Head = reader.Head with { Boxes = FormOf(coding), IsRelative = relative } };

        var sample = samples.Samples(1).First();
        if (HeadProbe.Of(reader, format, sample, original.Run(sample.Inputs, original.ReadableOutputs)) is not { } head)
            return null;
        report(DiagnosticRules.Guessed.Create(file, $"The form of the boxes of the output '{boxes.Value.Name}'", Text(head), "what the model answers"));
        return reader with { Head = head };
    }

    internal static BoxForm FormOf(BoxCoding coding) => coding switch
    {
        BoxCoding.Grid => BoxForm.Grid,
        BoxCoding.Center => BoxForm.Center,
        _ => BoxForm.Corners,
    };

    private static string Text(DetectionHead head)
    {
        var form = OptionWords.Word(head.Boxes);
        var unit = head.Boxes == BoxForm.Grid ? "" : head.IsRelative ? ", relative" : ", in pixels";
        return head.Background is { } background ? FormattableString.Invariant($"{form}{unit}, class {background} is background") : form + unit;
    }
}
