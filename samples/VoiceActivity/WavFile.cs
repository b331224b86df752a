using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace VoiceActivity;

/// <summary>Reads recordings: RIFF files of one channel, 16 bits a sample, not compressed.</summary>
internal static class WavFile
{
    private const short Pcm = 1;

    /// <param name="path">The file.</param>
    /// <param name="sampleRate">Samples a second that it has to have.</param>
    /// <exception cref="InvalidDataException">The file is no such recording.</exception>
    public static short[] Read(string path, int sampleRate)
    {
        ReadOnlySpan<byte> file = File.ReadAllBytes(path);
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file[8..12].SequenceEqual("WAVE"u8))
            throw new InvalidDataException($"'{path}' is no WAV file.");

        var format = Chunk(file, "fmt "u8);
        if (format.Length < 16 || Int16(format) != Pcm || Int16(format[2..]) != 1 || Int16(format[14..]) != 16 || BinaryPrimitives.ReadInt32LittleEndian(format[4..]) != sampleRate)
            throw new InvalidDataException($"'{path}' is not {sampleRate} Hz, mono, 16 bits. Convert it, for example with: ffmpeg -i \"{path}\" -ar {sampleRate} -ac 1 -c:a pcm_s16le speech.wav");

        var samples = MemoryMarshal.Cast<byte, short>(Chunk(file, "data"u8)).ToArray();
        if (!BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(samples, samples);
        return samples;
    }

    /// <summary>What a chunk holds: as much as there is, since recorders that were stopped leave too large a length; nothing where there is no such chunk.</summary>
    private static ReadOnlySpan<byte> Chunk(ReadOnlySpan<byte> file, ReadOnlySpan<byte> name)
    {
        var rest = file[12..];
        while (rest.Length >= 8)
        {
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]), (uint)(rest.Length - 8));
            if (rest[..4].SequenceEqual(name))
                return rest.Slice(8, length);
            rest = rest[Math.Min(rest.Length, 8 + length + (length % 2))..]; // chunks start at even places
        }

        return [];
    }

    private static short Int16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt16LittleEndian(bytes);
}
