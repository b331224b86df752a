namespace ModelCompiler.Tool.Doctor;

/// <summary>What <c>modelc doctor</c> found out about one thing that compiling needs.</summary>
/// <param name="Subject">The thing.</param>
/// <param name="Detail">Its version, path or state.</param>
/// <param name="Advice">What to do; null where all is well.</param>
internal sealed record Finding(string Subject, string Detail, string? Advice = null);
