using System.Runtime.InteropServices;

namespace ModelCompiler.Passes;

/// <summary>Numbers of observers in a file, bit for bit: a rounded one would round weights another way.</summary>
internal static class StoredNumbers
{
    public static void WriteDoubles(this BinaryWriter writer, ReadOnlySpan<double> numbers)
    {
        writer.Write7BitEncodedInt(numbers.Length);
        writer.Write(MemoryMarshal.AsBytes(numbers));
    }

    public static double[] ReadDoubles(this BinaryReader reader)
    {
        var numbers = new double[reader.Read7BitEncodedInt()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }

    public static void Write(this BinaryWriter writer, ValueRange? range)
    {
        writer.Write(range is not null);
        writer.Write(range?.Min ?? 0);
        writer.Write(range?.Max ?? 0);
    }

    public static ValueRange? ReadRange(this BinaryReader reader)
    {
        var isKnown = reader.ReadBoolean();
        var range = new ValueRange(reader.ReadDouble(), reader.ReadDouble());
        return isKnown ? range : null;
    }
}
