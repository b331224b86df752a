using System.Numerics.Tensors;
using ModelCompiler.Caching;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Calibration.Checks;

/// <summary>What is remembered of a sample after it has passed, so that sets can be judged without reading them again.</summary>
/// <param name="Name">The sample's.</param>
/// <param name="Content">SHA-256 of its inputs.</param>
/// <param name="IsBlank">Whether it says nothing: one number throughout, or a picture of one colour.</param>
/// <param name="IsTelling">Whether it says so much that it will not come again by chance, as a row of a small table or a one-hot vector does.</param>
internal sealed record SampleTraits(string Name, string Content, bool IsBlank, bool IsTelling)
{
    /// <summary>A sample of this many different numbers or fewer may well come again.</summary>
    private const int FewNumbers = 16;

    /// <summary>Levels of brightness that touch differ by more than one part in so many of a level, also where resizing spreads them over many pixels.</summary>
    private const float PartOfALevel = 100;

    /// <summary>Null where the sample is no picture, or one that cannot be told from others from afar.</summary>
    public PictureLook? Look { get; init; }

    /// <summary>The least and the greatest number of an image input that the data set gives as a tensor; null for a picture that the compiler itself prepared.</summary>
    public (float Least, float Greatest)? Range { get; init; }

    /// <param name="sample">The sample.</param>
    /// <param name="image">The input that is an image; null where none is.</param>
    public static SampleTraits Of(Sample sample, ManifestInput? image)
    {
        var traits = new SampleTraits(sample.Name, ContentOf(sample), CalibrationDefect.IsBlankIn(sample), sample.Inputs.Values.Any(IsTellingIn));
        if (image?.Image is not { } form || !sample.Inputs.TryGetValue(image.Value.Name, out var tensor) || tensor.Count == 0)
            return traits;
        var numbers = tensor.Type == ElementType.Float32 ? tensor.Span<float>() : tensor.ToFloats();
        var grid = PixelGrid.Of(tensor.Dims, form.Layout, sample.Picture);
        return traits with
        {
            IsBlank = traits.IsBlank || grid?.IsOneColour(numbers, form.Scale / form.Std.Max() / PartOfALevel) == true,
            Look = grid is { } place ? PictureLook.Of(numbers, place) : null,
            Range = sample.Picture is null ? (TensorPrimitives.Min(numbers), TensorPrimitives.Max(numbers)) : null,
        };
    }

    private static string ContentOf(Sample sample)
    {
        using var content = new ContentKey();
        foreach (var (name, tensor) in sample.Inputs.OrderBy(input => input.Key, StringComparer.Ordinal))
        {
            content.Add(name);
            foreach (var size in tensor.Dims)
                content.Add(size);
            foreach (var text in tensor.Strings)
                content.Add(text.Span);
            if (tensor.Type != ElementType.String)
                content.Add(tensor.Data.Span);
        }

        return content.Finish();
    }

    private static bool IsTellingIn(Graphs.Tensor tensor) => tensor.Type switch
    {
        ElementType.String => tensor.Strings.Sum(text => (long)text.Length) > FewNumbers,
        _ when tensor.Type.BitWidth() % 8 != 0 => tensor.Count > 8 * FewNumbers,
        _ => HasManyNumbers(tensor.Data.Span, tensor.Type.BitWidth() / 8),
    };

    private static bool HasManyNumbers(ReadOnlySpan<byte> data, int size)
    {
        var found = new HashSet<UInt128>();
        for (var (at, last) = (0, -1); at < data.Length; at += size)
        {
            if (last >= 0 && data.Slice(last, size).SequenceEqual(data.Slice(at, size)))
                continue;
            if (found.Add(Number(data.Slice(at, size))) && found.Count > FewNumbers)
                return true;
            last = at;
        }

        return false;
    }

    private static UInt128 Number(ReadOnlySpan<byte> bytes)
    {
        UInt128 number = 0;
        foreach (var part in bytes)
            number = (number << 8) | part;
        return number;
    }
}
