using System.Globalization;
using ModelCompiler.Contract;

namespace ModelCompiler.Calibration;

/// <summary>
/// Reads the objects of one picture from a text file in YOLO's form: a line for each, <c>class x y width height</c>, the centre and the size as shares of the
/// picture's width and height.
/// </summary>
internal static class BoxFile
{
    /// <summary>Tools write six digits, and a box that ends at the picture's edge may end a digit behind it.</summary>
    private const float Rounding = 1e-3f;

    /// <summary>The objects in the picture's pixels; none where there is no file.</summary>
    /// <exception cref="DiagnosticException">MC0016, naming the line; MC0010 the file cannot be read.</exception>
    public static IReadOnlyList<LabelledBox> Read(string path, int width, int height)
    {
        var boxes = new List<LabelledBox>();
        var number = 0;
        foreach (var line in Lines(path))
        {
            number++;
            var fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 0)
                continue;
            if (Mistake(fields) is { } mistake)
                throw new DiagnosticException(DiagnosticRules.BoxInvalid.Create(path, number, mistake));
            var (x, y, w, h) = (Number(fields[1])!.Value, Number(fields[2])!.Value, Number(fields[3])!.Value, Number(fields[4])!.Value);
            boxes.Add(new LabelledBox(Class(fields[0])!.Value, BoundingBox.Around(x * width, y * height, w * width, h * height)));
        }

        return boxes;
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataSet.Unreadable(path, exception.Message);
        }
    }

    private static string? Mistake(string[] fields)
    {
        if (fields.Length != 5)
            return fields.Length > 6 ? $"it has {fields.Length} fields, as the outline of an object has" : $"it has {fields.Length} fields";
        if (Class(fields[0]) is null)
            return $"'{fields[0]}' is not the index of a class";
        foreach (var field in fields.AsSpan(1))
        {
            if (Number(field) is not { } share)
                return $"'{field}' is not a number";
            if (share < -Rounding || share > 1 + Rounding)
                return $"{field} is outside of 0 to 1";
        }

        return Number(fields[3]) <= 0 || Number(fields[4]) <= 0 ? "its width or height is 0" : null;
    }

    private static int? Class(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    private static float? Number(string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number) ? number : null;
}
