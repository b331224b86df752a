namespace ModelCompiler.Calibration;

/// <summary>
/// A sound of nothing in particular: mostly like a voice (harmonics of a low tone, strong around three resonances, and some breath; Fant 1960), from
/// faint to loud, and now and then white noise. Noise alone is silence or excess to a network that listens for something.
/// </summary>
internal static class SyntheticSound
{
    private const int SampleRate = 16000;

    /// <summary>Fills a stretch of signal.</summary>
    public static void Fill(Span<float> signal, Noise noise)
    {
        if (noise.Below(4) == 0)
            FillNoise(signal, noise);
        else
            FillVoice(signal, noise);
    }

    private static void FillNoise(Span<float> signal, Noise noise)
    {
        foreach (ref var value in signal)
            value = noise.Normal();
    }

    private static void FillVoice(Span<float> signal, Noise noise)
    {
        var tone = Between(80, 300, noise);
        ReadOnlySpan<double> resonances = [Between(300, 800, noise), Between(900, 2300, noise), Between(2400, 3200, noise)];
        signal.Clear();
        for (var frequency = tone; frequency < SampleRate / 2.2; frequency += tone)
            AddHarmonic(signal, frequency, Strength(frequency, resonances), Between(0, 2 * Math.PI, noise));
        Scale(signal, volume: (float)Math.Pow(10, Between(-2, 0, noise)), noise);
    }

    private static double Strength(double frequency, ReadOnlySpan<double> resonances)
    {
        const double Width = 120;
        var strength = 0.02;
        foreach (var resonance in resonances)
            strength += 1 / (1 + Math.Pow((frequency - resonance) / Width, 2));
        return strength / Math.Sqrt(frequency);
    }

    private static void AddHarmonic(Span<float> signal, double frequency, double strength, double phase)
    {
        for (var i = 0; i < signal.Length; i++)
            signal[i] += (float)(strength * Math.Sin((2 * Math.PI * frequency * i / SampleRate) + phase));
    }

    /// <summary>Brings the loudest moment to a volume, and adds breath.</summary>
    private static void Scale(Span<float> signal, float volume, Noise noise)
    {
        const float Breath = 0.03f;
        var loudest = 0f;
        foreach (var value in signal)
            loudest = Math.Max(loudest, Math.Abs(value));
        foreach (ref var value in signal)
            value = volume * ((value / loudest) + (Breath * noise.Normal()));
    }

    private static double Between(double least, double greatest, Noise noise) => double.Lerp(least, greatest, noise.Uniform());
}
