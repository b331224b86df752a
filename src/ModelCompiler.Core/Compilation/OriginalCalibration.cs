using ModelCompiler.Caching;
using ModelCompiler.Passes;

namespace ModelCompiler.Compilation;

/// <summary>Calibration on the data of a job, which the job's cache spares where it has been carried out before.</summary>
internal static class OriginalCalibration
{
    /// <summary>For all models of a cache folder; that of a network of typical size takes 5 to 70 MB.</summary>
    private const long MostBytes = 512L << 20;

    public static ICalibration Of(OriginalModel original, CompileJob job, ICompileProgress progress)
    {
        var samples = new SampleCalibration(original.CalibrationData) { IsTypical = original.IsCalibrationTypical, Few = original.FewCalibrationSamples };
        if (job.CacheDirectory is not { } folder)
            return samples;
        return new CachedCalibration(samples, new ContentStore(Path.Combine(folder, "calibration"), MostBytes), original.CalibrationKey)
        {
            AreWorthKeeping = () => original.CalibrationData.AreFinite, // the warning about the others is due at every compile
            Found = () => progress.Report(new CompileStep("calibrated from the cache")),
        };
    }
}
