using ModelCompiler.Caching;
using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Training;

/// <summary>A student, the teacher that it is to answer like, and what both are shown.</summary>
internal sealed record DistillationTask
{
    /// <summary>Simplified; left as it is.</summary>
    public required Model Student { get; init; }

    /// <summary>Left as it is.</summary>
    public required Model Teacher { get; init; }

    /// <summary>Typical samples; they need no labels.</summary>
    public required DataSet Samples { get; init; }

    /// <summary>What is known of the inputs: images are varied.</summary>
    public required IReadOnlyList<ManifestInput> Inputs { get; init; }

    /// <summary>The output that holds scores of classes in its last axis, where that is not clear from the graph; null where there is none.</summary>
    public string? Scores { get; init; }

    /// <summary>That training may take.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>How far a step goes at most, of a tensor's usual weight.</summary>
    public double Rate { get; init; } = 0.01;

    /// <summary>How much layers count that kept their shape, beside outputs; 0 compares outputs alone.</summary>
    public double Features { get; init; }

    /// <summary>Whether weights that are zero stay so.</summary>
    public bool KeepsZeros { get; init; }

    /// <summary>Everything that the training follows from, as one key.</summary>
    /// <param name="samples">Identifies the samples and all that they are made with.</param>
    public string KeyWith(string samples)
    {
        using var key = new ContentKey();
        key.Add(Toolchain.Identity).Add(samples).Add(ManifestWriter.Write([.. Inputs])).Add(Scores ?? "").Add(Time.Ticks).Add(BitConverter.DoubleToInt64Bits(Rate)).Add(BitConverter.DoubleToInt64Bits(Features)).Add(KeepsZeros ? 1 : 0);
        ModelKey.AddTo(key, Student);
        return ModelKey.AddTo(key, Teacher).Finish();
    }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
