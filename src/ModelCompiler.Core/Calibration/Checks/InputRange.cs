using System.Globalization;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Calibration.Checks;

/// <summary>
/// Tensors of an image input whose numbers are not those that the declared preprocessing makes of pixels: bytes where the app will feed shares, shares where it will feed
/// bytes, or one normalization in place of another.
/// </summary>
internal sealed class InputRange : IDataCheck
{
    /// <summary>Data that is spread over less than one part in so many of what pixels become is on another scale; dark photos are not.</summary>
    private const float LeastPart = 20;

    /// <summary>Data of which less than one part in so many lies where pixels come to lie was prepared otherwise.</summary>
    private const float LeastInside = 4;

    public IEnumerable<ModelDiagnostic> Of(DataInUse data)
    {
        foreach (var part in data.All)
        {
            if (part.Image is not { Image: { } image } input || !input.Value.ElementType.IsFloatingPoint() || RangeOf(part.Samples) is not { } seen)
                continue;
            var made = RangeOf(image);
            var inside = MathF.Min(seen.Greatest, made.Greatest) - MathF.Max(seen.Least, made.Least);
            var spread = seen.Greatest - seen.Least;
            if (spread * LeastPart < made.Greatest - made.Least || inside * LeastInside < spread)
                yield return DiagnosticRules.RangeDoesNotFit.Create(data.Model, input.Value.Name, part.Role, part.Name, Text(seen.Least), Text(seen.Greatest), Text(made.Least), Text(made.Greatest));
        }
    }

    /// <summary>What all samples together reach; null where they are pictures, or say nothing of it.</summary>
    private static (float Least, float Greatest)? RangeOf(IReadOnlyList<SampleTraits> samples)
    {
        var ranges = samples.Select(sample => sample.Range).OfType<(float Least, float Greatest)>().Where(range => float.IsFinite(range.Least) && float.IsFinite(range.Greatest)).ToArray();
        return ranges.Length == 0 || samples.All(sample => sample.IsBlank) ? null : (ranges.Min(range => range.Least), ranges.Max(range => range.Greatest));
    }

    /// <summary>What bytes from 0 to 255 become, in any channel.</summary>
    private static (float Least, float Greatest) RangeOf(ImageInput image)
    {
        float[] ends = [.. image.Mean.Zip(image.Std).SelectMany(channel => new[] { (0 - channel.First) / channel.Second, ((255 * image.Scale) - channel.First) / channel.Second })];
        return (ends.Min(), ends.Max());
    }

    private static string Text(float number) => number.ToString("G4", CultureInfo.InvariantCulture);
}
