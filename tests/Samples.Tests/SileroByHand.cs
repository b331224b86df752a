using Microsoft.ML.OnnxRuntime;

namespace Samples.Tests;

/// <summary>Silero VAD, called as an app without this product has to call it: state and context are carried from frame to frame by the caller (silero-vad, utils_vad.py).</summary>
internal static class SileroByHand
{
    private const int Frame = 512;
    private const int Context = 64;

    /// <summary>The score of each frame; the last one is filled up with zeros.</summary>
    public static List<float> Scores(string model, short[] sound)
    {
        using var quiet = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(model, quiet);
        using var options = new RunOptions();
        var state = new float[2 * 1 * 128];
        var context = new float[Context];
        var scores = new List<float>();
        for (var start = 0; start < sound.Length; start += Frame)
        {
            var frame = new float[Frame];
            for (var i = 0; i < Math.Min(Frame, sound.Length - start); i++)
                frame[i] = sound[start + i] / 32768f;

            using var input = OrtValue.CreateTensorValueFromMemory([.. context, .. frame], [1, Context + Frame]);
            using var before = OrtValue.CreateTensorValueFromMemory(state, [2, 1, 128]);
            using var rate = OrtValue.CreateTensorValueFromMemory([16_000L], []);
            using var outputs = session.Run(options, ["input", "state", "sr"], [input, before, rate], ["output", "stateN"]);
            scores.Add(outputs[0].GetTensorDataAsSpan<float>()[0]);
            state = outputs[1].GetTensorDataAsSpan<float>().ToArray();
            context = frame[^Context..];
        }

        return scores;
    }
}
