using ModelCompiler.Caching;
using ModelCompiler.Calibration.Checks;
using ModelCompiler.Contract;

namespace ModelCompiler.Compilation;

/// <summary>
/// Judges the project's data by what was seen of it while it calibrated and was measured on. Only where calibration came from a cache, and what had been seen did not,
/// are its samples read for this alone.
/// </summary>
/// <param name="job">Names the model and the cache.</param>
/// <param name="original">The model with its data.</param>
internal sealed class DataReview(CompileJob job, OriginalModel original)
{
    /// <summary>For all models of a cache folder; that of 512 photos takes 200 kB.</summary>
    private const long MostBytes = 64L << 20;

    /// <summary>A warning for each thing that is wrong.</summary>
    /// <exception cref="DiagnosticException">MC0010, MC0011: a sample cannot be read.</exception>
    public IEnumerable<ModelDiagnostic> Warnings()
    {
        var data = original.Data;
        var calibration = data.Calibration is { } set && (data.SetsRanges || data.Evaluation is null) ? new SeenData("calibration data", set.Set, Calibrated(set), set.Profile.Image) : null;
        var evaluation = data.Evaluation is { } other && Measured(other) is { } seen ? new SeenData("evaluation data", other.Set, seen, other.Profile.Image) : null;
        return DataChecks.Of(new DataInUse(job.Model, calibration, evaluation, data.Model));
    }

    /// <summary>Null where nothing was measured, as of a model that does not repeat itself.</summary>
    private static IReadOnlyList<SampleTraits>? Measured(ProjectData data) => data.Profile.At(data.Set.PlacesOf(data.Set.Count));

    private IReadOnlyList<SampleTraits> Calibrated(ProjectData data)
    {
        var places = data.Set.PlacesOf(OriginalModel.CalibrationSamples);
        var key = KeyOf(data);
        if (key is null)
            return ReadMissing(data, places);
        var store = new ContentStore(Path.Combine(job.CacheDirectory!, "data"), MostBytes);
        using (var kept = store.Open(key))
        {
            if (kept is not null)
                return TraitsFile.Read(kept, places.Length);
        }

        var seen = ReadMissing(data, places);
        store.Put(key, file => TraitsFile.Write(file, seen));
        return seen;
    }

    /// <summary>Null where there is no cache, or nothing to spare: what is measured on too has been read.</summary>
    private string? KeyOf(ProjectData data)
    {
        if (job.CacheDirectory is null || original.Data.Evaluation is null || original.CalibrationKey() is not { } samples)
            return null;
        using var key = new ContentKey();
        return key.Add(Toolchain.Compiler).Add(samples).Add(data.Set.Count).Finish();
    }

    private static IReadOnlyList<SampleTraits> ReadMissing(ProjectData data, int[] places)
    {
        foreach (var _ in data.Set.Read(data.Profile.Missing(places)))
        {
            // The profile looks at each as it passes.
        }

        return data.Profile.At(places)!;
    }
}
