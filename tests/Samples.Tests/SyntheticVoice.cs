namespace Samples.Tests;

/// <summary>
/// Vowels as a throat makes them: pulses of a pitch that wanders, through three resonances that move from vowel to vowel, four syllables a second
/// (source and filter: G. Fant, "Acoustic theory of speech production", 1960; formants of five vowels: G. Peterson and H. Barney, 1952).
/// </summary>
internal static class SyntheticVoice
{
    public const int SampleRate = 16_000;
    private const double Syllables = 4;

    private static readonly double[][] Vowels = [[730, 1090, 2440], [270, 2290, 3010], [300, 870, 2240], [530, 1840, 2480], [570, 840, 2410]];
    private static readonly double[] Bandwidths = [80, 100, 140];

    public static short[] Speak(double seconds, int seed)
    {
        var random = new Random(seed);
        var sound = new double[(int)(seconds * SampleRate)];
        var (phase, formants) = (0.0, Vowels[0].ToArray());
        var (last, beforeLast) = (new double[3], new double[3]);
        for (var i = 0; i < sound.Length; i++)
        {
            var time = (double)i / SampleRate;
            phase += 120 * (1 + (0.15 * Math.Sin(2 * Math.PI * 0.7 * time)) + (0.05 * Math.Sin(2 * Math.PI * 5 * time))) / SampleRate;
            var value = 0.02 * (random.NextDouble() - 0.5);
            if (phase >= 1)
                (phase, value) = (phase - 1, value + 1);

            var vowel = Vowels[(int)(time * Syllables) * 7 % Vowels.Length];
            for (var k = 0; k < formants.Length; k++)
            {
                formants[k] += (vowel[k] - formants[k]) / 800;
                var radius = Math.Exp(-Math.PI * Bandwidths[k] / SampleRate);
                value = (value * (1 - radius)) + (2 * radius * Math.Cos(2 * Math.PI * formants[k] / SampleRate) * last[k]) - (radius * radius * beforeLast[k]);
                (beforeLast[k], last[k]) = (last[k], value);
            }

            sound[i] = value * Math.Sqrt(Math.Sin(Math.PI * (time * Syllables % 1)));
        }

        var loudest = sound.Max(Math.Abs);
        return Array.ConvertAll(sound, value => (short)(16_000 * value / loudest));
    }

    public static short[] BeSilent(double seconds) => new short[(int)(seconds * SampleRate)];
}
