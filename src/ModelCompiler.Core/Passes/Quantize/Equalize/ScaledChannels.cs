using System.Runtime.InteropServices;

namespace ModelCompiler.Passes;

/// <summary>Where the channels of a value lie.</summary>
/// <param name="Rank">Of the value.</param>
/// <param name="Axis">On which the channels lie; not negative.</param>
/// <param name="Count">How many there are.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ChannelAxis(int Rank, int Axis, int Count);

/// <summary>The channels of a value, and the variable (or its place in a site) that is the scale of each.</summary>
/// <param name="Rank">Of the value.</param>
/// <param name="Axis">On which the channels lie; not negative.</param>
/// <param name="Variables">One for each index on that axis.</param>
internal sealed record ScaledChannels(int Rank, int Axis, int[] Variables)
{
    public ChannelAxis Layout => new(Rank, Axis, Variables.Length);
}
