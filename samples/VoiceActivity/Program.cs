using ModelCompiler;
using VoiceActivity;

var scores = args is ["--scores", ..]; // of each frame, for a plot
if (args.Length == (scores ? 1 : 0))
{
    Console.Error.WriteLine("Give recordings: WAV files of 16 kHz, mono, 16 bits.");
    return 2;
}

using var silero = SileroVad.Load();
var unreadable = 0;
foreach (var path in args.Skip(scores ? 1 : 0))
{
    try
    {
        var sound = WavFile.Read(path, SileroVad.Framing.SampleRate);
        var stream = silero.Listen();
        AudioResult<float>[] frames = [.. stream.Push(sound), .. stream.Finish()];

        Console.WriteLine(Path.GetFileName(path));
        foreach (var frame in scores ? frames : [])
            Console.WriteLine($"  {frame.Start.TotalSeconds:0.000} s: {frame.Value}");
        foreach (var (start, end) in SpeechStretches.Of(frames))
            Console.WriteLine($"  {start:mm\\:ss\\.ff} to {end:mm\\:ss\\.ff}");
    }
    catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(error.Message);
        unreadable++;
    }
}

return unreadable == 0 ? 0 : 1;
