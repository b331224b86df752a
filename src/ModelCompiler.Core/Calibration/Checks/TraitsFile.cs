using System.Text;

namespace ModelCompiler.Calibration.Checks;

/// <summary>Traits of samples as bytes, for the cache.</summary>
internal static class TraitsFile
{
    public static void Write(Stream file, IReadOnlyList<SampleTraits> samples)
    {
        using var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true);
        foreach (var sample in samples)
        {
            writer.Write(sample.Name);
            writer.Write(sample.Content);
            writer.Write(sample.IsBlank);
            writer.Write(sample.IsTelling);
            Write(writer, sample.Look is { } look ? look.Cells : []);
            Write(writer, sample.Range is var (least, greatest) ? [least, greatest] : []);
        }
    }

    /// <param name="file">Written by <see cref="Write(Stream, IReadOnlyList{SampleTraits})"/>.</param>
    /// <param name="count">The number of samples in it.</param>
    public static IReadOnlyList<SampleTraits> Read(Stream file, int count)
    {
        using var reader = new BinaryReader(file, Encoding.UTF8, leaveOpen: true);
        var samples = new SampleTraits[count];
        for (var i = 0; i < count; i++)
        {
            samples[i] = new SampleTraits(reader.ReadString(), reader.ReadString(), reader.ReadBoolean(), reader.ReadBoolean())
            {
                Look = Numbers(reader) is { Length: > 0 } cells ? PictureLook.Of(cells) : null,
                Range = Numbers(reader) is [var least, var greatest] ? (least, greatest) : null,
            };
        }

        return samples;
    }

    private static void Write(BinaryWriter writer, ReadOnlySpan<float> numbers)
    {
        writer.Write(numbers.Length);
        foreach (var number in numbers)
            writer.Write(number);
    }

    private static float[] Numbers(BinaryReader reader)
    {
        var numbers = new float[reader.ReadInt32()];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = reader.ReadSingle();
        return numbers;
    }
}
