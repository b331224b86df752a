namespace ModelCompiler;

/// <summary>What a model says of a stretch of sound.</summary>
/// <typeparam name="TResult">The model's answer.</typeparam>
/// <param name="Start">Where the stretch starts, from the start of the stream: the samples that the windows before it did not have.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Value">The answer.</param>
public readonly record struct AudioResult<TResult>(TimeSpan Start, TimeSpan End, TResult Value);
