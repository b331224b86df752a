namespace DigitReader.Training.Network;

/// <summary>
/// A differentiable step. A layer remembers its last <see cref="Forward"/> for the <see cref="Backward"/> that follows, and owns the
/// batches it returns: they are valid until its next call.
/// </summary>
internal interface ILayer
{
    /// <summary>What the layer learns; empty for most layers.</summary>
    IReadOnlyList<Parameter> Parameters => [];

    /// <summary>The layer's output while training.</summary>
    Batch Forward(Batch input);

    /// <summary>The loss's gradient by the input, given its gradient by the output; sets the gradients of the layer's parameters.</summary>
    Batch Backward(Batch gradient);

    /// <summary>The layer's output once trained; the same as <see cref="Forward"/> except where a layer looks at its batch.</summary>
    Batch Infer(Batch input) => Forward(input);

    /// <summary>A layer for another thread that shares this one's parameter values.</summary>
    ILayer Replicate();
}
