namespace ModelCompiler.Contract;

/// <summary>
/// The JSON form of what is said of inputs: <c>"inputs": { "data_0": { "image": { … } }, "h": { "state": "hn" }, "sr": { "value": 16000 }, "sound": { "audio": { … } } }</c>.
/// </summary>
internal static class InputJson
{
    /// <summary>The images among the inputs, and all others of which something is said.</summary>
    public static (IReadOnlyList<ImageBinding> Images, IReadOnlyList<InputBinding> Others) Read(JsonObject json)
    {
        var (images, others) = (new List<ImageBinding>(), new List<InputBinding>());
        if (json.Object("inputs") is not { } inputs)
            return (images, others);
        foreach (var name in inputs.PropertyNames)
        {
            if (inputs.Object(name) is not { } input)
                continue;
            if (input.Object("image") is { } image)
                images.Add(new ImageBinding(name, ImageJson.Read(image)));
            if (Other(name, input) is { } other)
                others.Add(other);
            input.RejectUnknown();
        }

        return (images, others);
    }

    public static void Write(JsonText json, EquatableArray<ImageBinding> images, EquatableArray<InputBinding> others)
    {
        var names = images.Select(image => image.Input).Concat(others.Select(other => other.Input)).Distinct(StringComparer.Ordinal).ToArray();
        json.Map("inputs", names, name => json.Object(name, () =>
        {
            if (images.FirstOrDefault(image => image.Input == name) is { } image)
                json.Object("image", () => ImageJson.Write(json, image.Settings));
            if (others.FirstOrDefault(other => other.Input == name) is { } other)
                Write(json, other);
        }));
    }

    private static InputBinding? Other(string name, JsonObject input)
    {
        var binding = new InputBinding(name) { State = input.String("state"), Value = input.Number("value"), Audio = input.Object("audio") is { } audio ? Audio(audio) : null };
        return binding == new InputBinding(name) ? null : binding;
    }

    private static AudioInput Audio(JsonObject audio)
    {
        var window = Whole(audio, "window", 1) ?? throw audio.Invalid("window", "the number of samples of one run");
        var rate = Whole(audio, "sampleRate", 1) ?? throw audio.Invalid("sampleRate", "the samples a second that the model was trained on");
        var read = new AudioInput(rate, window, Whole(audio, "hop", 1) ?? window, Whole(audio, "padding", 0) ?? 0);
        if (read.Hop > window)
            throw audio.Invalid("hop", "at most the window, so that no sample is left out");
        if (read.Padding >= window)
            throw audio.Invalid("padding", "less than the window");
        audio.RejectUnknown();
        return read;
    }

    private static void Write(JsonText json, InputBinding binding)
    {
        json.String("state", binding.State);
        json.Number("value", binding.Value);
        if (binding.Audio is not { } audio)
            return;
        json.Object("audio", () =>
        {
            json.Number("sampleRate", audio.SampleRate);
            json.Number("window", audio.Window);
            json.Number("hop", audio.Hop);
            json.Number("padding", audio.Padding);
        });
    }

    private static int? Whole(JsonObject json, string name, int least)
    {
        if (json.Number(name) is not { } number)
            return null;
        return number >= least && number <= 100_000_000 && Math.Floor(number) == number ? (int)number : throw json.Invalid(name, $"a whole number of at least {least}");
    }
}
