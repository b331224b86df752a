using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Model;

/// <summary>What a regression predicts of one sample.</summary>
/// <param name="Output">The output's number.</param>
/// <param name="IsOne">Whether it is a single value.</param>
/// <param name="HasBatch">Whether the output has room for several samples.</param>
internal sealed record PredictorModel(int Output, bool IsOne, bool HasBatch)
{
    /// <summary>Reads a regression from a manifest.</summary>
    /// <param name="manifest">The manifest of a model whose task is regression.</param>
    /// <param name="outputs">Its outputs in C#.</param>
    /// <param name="reason">Why there is none to read.</param>
    public static PredictorModel? Of(ModelManifest manifest, EquatableArray<TensorModel> outputs, out string? reason)
    {
        var index = manifest.Outputs.ToList().FindIndex(output => output.Kind == OutputKind.Value);
        reason = null;
        if (index < 0)
            reason = "which of its outputs is predicted is not known. Say it by \"kind\": \"value\" in the model's sidecar";
        else if (outputs[index].Type != "float")
            reason = $"the output '{outputs[index].OnnxName}' has values of the type {outputs[index].Value.ElementType.OnnxName()}, and predictions are read as float";
        else if (outputs[index].Value.Shape is not { } shape || !outputs[index].IsFixedButForBatch)
            reason = $"how many values of the output '{outputs[index].OnnxName}' belong to a sample is open in its shape";
        else if (shape.Count > 1 && shape[0].Size is > 1)
            reason = $"the output '{outputs[index].OnnxName}' answers several samples at once";
        else
            return new PredictorModel(index, Values(shape) == 1, shape.Count > 0 && !shape[0].IsFixed);
        return null;
    }

    /// <summary>Values of one sample: the batch is the first of several axes, or an open one.</summary>
    private static long Values(EquatableArray<Dimension> shape) => shape.Where(axis => axis.IsFixed).Aggregate(1L, (product, axis) => product * axis.Size!.Value);
}
