using System.Globalization;

namespace ModelCompiler;

/// <summary>One class that a model sees, and how sure it is.</summary>
/// <typeparam name="TLabel">The enum of the model's labels, or <see cref="int"/> where it has none.</typeparam>
/// <param name="Label">The class.</param>
/// <param name="Score">The probability, 0 to 1, of a model that gives probabilities or logits; else the model's raw value.</param>
/// <param name="Index">The position of the class in the model's output, from 0.</param>
public readonly record struct Classification<TLabel>(TLabel Label, float Score, int Index)
    where TLabel : unmanaged
{
    /// <summary>For example <c>Seven (99.2 %)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Label} ({Score * 100:0.0} %)");
}
