using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Model;

/// <summary>How a detector's boxes are read, with nothing left open.</summary>
/// <param name="Boxes">The output with the boxes, and with the scores where <paramref name="Scores"/> is null.</param>
/// <param name="Scores">The output with the scores.</param>
/// <param name="Format">Of the boxes.</param>
/// <param name="Box">What the four numbers of a box are.</param>
/// <param name="IsRelative">Whether they are shares of the input's size.</param>
internal sealed record DetectorModel(DetectorOutputModel Boxes, DetectorOutputModel? Scores, DetectionFormat Format, BoxCoding Box, bool IsRelative)
{
    /// <summary>Reads a detector from a manifest.</summary>
    /// <param name="manifest">The manifest of a model whose task is detection.</param>
    /// <param name="reason">Why there is none to read.</param>
    public static DetectorModel? Of(ModelManifest manifest, out string? reason)
    {
        var outputs = manifest.Outputs.ToList();
        var boxes = outputs.FindIndex(output => output.Kind is OutputKind.Detections or OutputKind.Boxes);
        var scores = outputs.FindIndex(output => output.Kind is OutputKind.Scores);
        reason = null;
        if (boxes < 0 || outputs[boxes].Detection is not { } format || (outputs[boxes].Kind == OutputKind.Boxes && scores < 0))
            reason = "neither the sidecar nor the shapes of its outputs say which of them are boxes and scores. Say it by \"outputs\" in the model's sidecar";
        else if (format is not { Box: { } box, IsRelative: { } isRelative })
            reason = $"what the numbers of a box in the output '{outputs[boxes].Value.Name}' are cannot be told from its shape. Say it in the model's sidecar, for example by \"layout\": \"yolox\"";
        else if (DetectorOutputModel.Of(outputs, boxes) is not { } table || (outputs[boxes].Kind == OutputKind.Boxes ? DetectorOutputModel.Of(outputs, scores) : table) is not { } scoreTable)
            reason = "how many numbers belong to a box is open in the shapes of its outputs";
        else
            return new DetectorModel(table, outputs[boxes].Kind == OutputKind.Boxes ? scoreTable : null, format, box, isRelative);
        return null;
    }
}

/// <summary>An output that is a table.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Columns">Numbers that are said of each place.</param>
/// <param name="ColumnsFirst">True for [columns, rows].</param>
internal sealed record DetectorOutputModel(int Index, long Columns, bool ColumnsFirst)
{
    /// <summary>Null where the number of columns is open, or the values are no floats.</summary>
    public static DetectorOutputModel? Of(IReadOnlyList<ManifestOutput> outputs, int index)
    {
        var output = outputs[index];
        var columnsFirst = output.Detection?.IsColumnsFirst ?? false;
        return output.Value is { ElementType: ElementType.Float32, Shape: { Count: >= 2 } shape } && shape[shape.Count - (columnsFirst ? 2 : 1)].Size is { } columns
            ? new DetectorOutputModel(index, columns, columnsFirst)
            : null;
    }
}
