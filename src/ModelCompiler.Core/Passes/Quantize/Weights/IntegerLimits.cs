namespace ModelCompiler.Passes;

/// <summary>The least and greatest integer that each weight of an output channel may become.</summary>
internal sealed record IntegerLimits(double[] Least, double[] Greatest)
{
    public static IntegerLimits Of(int count, IntegerFormat format)
    {
        var limits = new IntegerLimits(new double[count], new double[count]);
        Array.Fill(limits.Least, format.Min);
        Array.Fill(limits.Greatest, format.Max);
        return limits;
    }

    /// <summary>The allowed integer nearest to a number; of two, the even one.</summary>
    public double Nearest(int column, double number) =>
        Math.Clamp(Math.Round(number, MidpointRounding.ToEven), Least[column], Greatest[column]);
}
