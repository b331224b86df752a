namespace ModelCompiler.Passes;

/// <summary>The weight of a layer in integers, and the bias that goes with it: one number for each output channel, or null for none.</summary>
internal sealed record QuantizedLayer(QuantizedWeight Weight, float[]? Bias);
