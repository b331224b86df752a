namespace ModelCompiler.Compilation.Gate;

/// <summary>Which other precision of the profile would help.</summary>
internal static class OtherPrecision
{
    /// <summary>Bits of a weight, the scales of blocks included; in the order of what is most accurate.</summary>
    private static readonly (string Name, double Bits)[] Weights = [("fp32", 32), ("fp16-weights", 16), ("int8-weights", 8), ("int4-weights", 4.5)];

    /// <summary>The most accurate smaller form that fits by the count of weights, else the smallest; null where there is no smaller one.</summary>
    public static string? Smaller(JudgedForm form, long most)
    {
        var now = BitsOf(form.Candidate.Precision);
        var smaller = Weights.Where(weights => weights.Bits < now && IsAllowed(form, weights.Name)).ToArray();
        if (smaller.Length == 0)
            return null;
        var fitting = smaller.Where(weights => BytesWith(weights.Bits) <= most).ToArray();
        var best = fitting.Length > 0 ? fitting[0] : smaller[^1];
        return $"say Precision=\"{best.Name}\", about {Text.Bytes(BytesWith(best.Bits))}";

        long BytesWith(double bits) => Math.Max(0, form.Candidate.Bytes - (long)(form.Candidate.Cost.Parameters * (now - bits) / 8));
    }

    /// <summary>The smallest form that is more accurate by its nature; null where there is none.</summary>
    public static string? MoreAccurate(JudgedForm form)
    {
        var better = form.Candidate.Precision switch
        {
            "int8" or "int8-dynamic" or "int4-weights" => "int8-weights",
            "int8-weights" or "fp16" => "fp16-weights",
            "fp16-weights" => "fp32",
            _ => null,
        };
        return better is not null && IsAllowed(form, better) ? $"say Precision=\"{better}\"" : null;
    }

    private static double BitsOf(string precision) => precision switch
    {
        "fp16" => 16,
        "int8" or "int8-dynamic" => 8,
        _ => Array.Find(Weights, weights => weights.Name == precision).Bits,
    };

    private static bool IsAllowed(JudgedForm form, string precision) => form.Job.Profile.Precisions.Allowed.Contains(precision, StringComparer.Ordinal);
}
