using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation.Detections;

/// <summary>Finds the way from a model's outputs to boxes, from what is said of them, their shapes, and where those leave it open, from what the model answers.</summary>
public static class DetectorFinder
{
    /// <param name="file">The model, named in diagnostics.</param>
    /// <param name="model">What is known of the model.</param>
    /// <param name="original">Is run on the first sample where only its numbers can tell what they are.</param>
    /// <param name="samples">What it will be judged on.</param>
    /// <param name="report">Is given what was told from the numbers (MC2002).</param>
    /// <exception cref="DiagnosticException">MC2003: what is said of the outputs is not true of them; MC1010 the model does not run.</exception>
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
        var sample = samples.Samples(1).First();
        var outputs = original.Run(sample.Inputs, original.ReadableOutputs);
        if (!reader.Boxes.IsIn(outputs) || reader.Scores?.IsIn(outputs) == false)
            return null;   // of several images at once, or of integers
        if (format is { Box: { } coding, IsRelative: { } relative })
            return Checked(file, reader with { Head = reader.Head with { Boxes = FormOf(coding), IsRelative = relative } }, sample, outputs);
        if (HeadProbe.Of(Checked(file, reader, sample, outputs), format, sample, outputs) is not { } head)
            return null;
        report(DiagnosticRules.Guessed.Create(file, $"The form of the boxes of the output '{boxes.Value.Name}'", Text(head), "what the model answers"));
        return reader with { Head = head };
    }

    /// <summary>What was said of an output need not be true of it.</summary>
    private static DetectionReader Checked(string file, DetectionReader reader, Sample sample, IReadOnlyDictionary<string, Tensor> outputs)
    {
        if (reader.Mistake(sample, outputs) is { } mistake)
            throw new DiagnosticException(DiagnosticRules.OptionDoesNotFit.Create(file, $"The detection layout of the output '{reader.Boxes.Name}'", mistake));
        return reader;
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
