namespace ModelCompiler.Contract;

/// <summary>How a stream of sound becomes an input: windows of samples that overlap where they advance by less than their length.</summary>
/// <param name="SampleRate">Samples a second that the model was trained on.</param>
/// <param name="Window">Samples of one run.</param>
/// <param name="Hop">Samples from the start of one window to the start of the next.</param>
/// <param name="Padding">Zeros before the first sample.</param>
public sealed record AudioInput(int SampleRate, int Window, int Hop, int Padding);
