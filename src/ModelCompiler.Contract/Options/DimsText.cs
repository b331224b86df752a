using System.Globalization;

namespace ModelCompiler.Contract;

/// <summary>Sizes of named dimensions in one metadata: <c>batch=1;height=640</c>.</summary>
public static class DimsText
{
    /// <summary>What <see cref="Parse"/> takes, for messages.</summary>
    public const string Form = "name=size pairs such as batch=1;height=640";

    /// <summary>Null when the text is not of the form.</summary>
    public static IReadOnlyList<DimensionBinding>? Parse(string text)
    {
        var bindings = new List<DimensionBinding>();
        foreach (var part in text.Split([';'], StringSplitOptions.RemoveEmptyEntries))
        {
            var separator = part.LastIndexOf('=');
            if (separator <= 0 || !long.TryParse(part.Substring(separator + 1).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size == 0)
                return null;
            bindings.Add(new DimensionBinding(part.Substring(0, separator).Trim(), size));
        }
        return bindings;
    }
}
