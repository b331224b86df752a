using ModelCompiler.Contract;

namespace ModelCompiler.Compilation.Gate;

/// <summary>The one list of what can stop a form from being shipped.</summary>
internal static class Limits
{
    private static readonly ILimit[] All =
    [
        new RewriteLimit(),
        new SizeLimit(),
        new LatencyLimit(),
        new SlownessLimit(),
        new MemoryLimit(),
        new AccuracyLimit(),
        new NoiseLimit(),
        new AgreementLimit(),
        new GroupLimit(),
        new EvidenceLimit(),
    ];

    public static IEnumerable<ModelDiagnostic> Breaches(JudgedForm form) => All.SelectMany(limit => limit.Breaches(form));
}
