namespace DigitService;

/// <summary>What the service answers.</summary>
/// <param name="Digit">From 0 to 9.</param>
/// <param name="Score">How sure the model is, from 0 to 1.</param>
internal sealed record Answer(int Digit, float Score);
