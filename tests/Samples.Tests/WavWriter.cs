using System.Text;

namespace Samples.Tests;

/// <summary>Writes recordings of one or more channels, with a chunk before the sound that readers have to skip, as many recorders do.</summary>
internal static class WavWriter
{
    public static byte[] Write(short[] samples, int sampleRate = SyntheticVoice.SampleRate, short channels = 1)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file, Encoding.ASCII);
        writer.Write("RIFF"u8);
        writer.Write(4 + 24 + 12 + 8 + (2 * samples.Length));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write(channels);
        writer.Write(sampleRate);
        writer.Write(sampleRate * channels * 2);
        writer.Write((short)(channels * 2));
        writer.Write((short)16);
        writer.Write("LIST"u8);
        writer.Write(3);
        writer.Write("abc\0"u8); // three bytes and one that makes them even
        writer.Write("data"u8);
        writer.Write(2 * samples.Length);
        foreach (var sample in samples)
            writer.Write(sample);
        return file.ToArray();
    }
}
