namespace ModelCompiler;

/// <summary>
/// A model as a function, so that code which uses it can be given another one: a fake in a test, or a model of the same task. Generated classes implement it for what they are asked most.
/// </summary>
/// <typeparam name="TInput">For example <see cref="PixelBuffer"/>, or <see cref="ReadOnlyMemory{T}"/> of <see cref="float"/>.</typeparam>
/// <typeparam name="TOutput">For example <see cref="Classification{TLabel}"/>.</typeparam>
public interface IModel<in TInput, out TOutput>
    where TInput : allows ref struct
{
    /// <summary>Runs the model.</summary>
    /// <param name="input">What the model is asked about.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    TOutput Run(TInput input, CancellationToken cancellationToken = default);
}
