namespace ModelCompiler.Profiles;

/// <summary>What a device's work takes of energy, for an estimate: figures of a process technology, not of a machine.</summary>
public sealed record EnergyCosts
{
    /// <summary>Of one multiply-accumulate in 32-bit floats.</summary>
    public required double PicojoulesPerFloatMac { get; init; }

    /// <summary>Of one multiply-accumulate of 8-bit integers, added up in 32 bits.</summary>
    public required double PicojoulesPerIntegerMac { get; init; }

    /// <summary>Of reading one byte from main memory.</summary>
    public required double PicojoulesPerByte { get; init; }
}
