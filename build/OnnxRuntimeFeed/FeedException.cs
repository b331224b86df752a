namespace OnnxRuntimeFeed;

/// <summary>The package cannot be provided; the message is one line that says why and what to do.</summary>
internal sealed class FeedException(string message) : Exception(message);
