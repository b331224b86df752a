namespace ModelCompiler.Contract;

/// <summary>The JSON form of what is said of outputs: <c>"outputs": { "prob": { "kind": "logits" }, "boxes": { "kind": "detections", "detection": { … } } }</c>.</summary>
internal static class OutputJson
{
    public static IEnumerable<OutputBinding> Read(JsonObject json)
    {
        if (json.Object("outputs") is not { } outputs)
            yield break;
        foreach (var name in outputs.PropertyNames)
        {
            if (outputs.Object(name) is not { } output)
                continue;
            var kind = ModelOptionsJson.Word<OutputKind>(output, "kind", OptionWords.OutputKinds);
            var detection = output.Object("detection") is { } said ? ReadDetection(said) : null;
            if (detection is not null && kind is not (OutputKind.Detections or OutputKind.Boxes))
                throw output.Invalid("kind", "detections or boxes, since 'detection' says how boxes are read");
            var map = output.Object("classMap") is { } of ? ReadClassMap(of) : null;
            if (map is not null && kind is not OutputKind.ClassMap)
                throw output.Invalid("kind", "classMap, since 'classMap' says how the class of each pixel is read");
            var temperature = Temperature(output);
            if (temperature is not null && kind is not (OutputKind.Logits or OutputKind.Probabilities))
                throw output.Invalid("kind", "logits or probabilities, since 'temperature' says how sure their answers are");
            if (kind is { } known)
                yield return new OutputBinding(name, known) { Detection = detection, ClassMap = map, Temperature = temperature };
            output.RejectUnknown();
        }
    }

    public static void Write(JsonText json, EquatableArray<OutputBinding> outputs) =>
        json.Map("outputs", outputs, output => json.Object(output.Output, () =>
        {
            json.String("kind", OptionWords.Word(output.Kind));
            if (output.Detection is { } detection)
                json.Object("detection", () => Write(json, detection));
            if (output.ClassMap is { } map)
                json.Object("classMap", () => Write(json, map));
            json.Number("temperature", output.Temperature);
        }));

    private static DetectionSettings ReadDetection(JsonObject detection)
    {
        var settings = new DetectionSettings
        {
            Layout = ModelOptionsJson.Word<DetectionLayout>(detection, "layout", OptionWords.DetectionLayouts),
            Box = ModelOptionsJson.Word<BoxCoding>(detection, "box", OptionWords.BoxCodings),
            Relative = detection.Bool("relative"),
            Objectness = detection.Bool("objectness"),
            Background = WholeNumber(detection, "background"),
            Strides = new(Strides(detection)),
        };
        detection.RejectUnknown();
        return settings;
    }

    private static ClassMapSettings ReadClassMap(JsonObject map)
    {
        var settings = new ClassMapSettings
        {
            Values = ModelOptionsJson.Word<ClassMapValues>(map, "values", OptionWords.ClassMapValues),
            Layout = ModelOptionsJson.Word<ImageLayout>(map, "layout", OptionWords.Layouts),
        };
        map.RejectUnknown();
        return settings;
    }

    private static void Write(JsonText json, ClassMapSettings settings)
    {
        json.String("values", settings.Values is { } values ? OptionWords.Word(values) : null);
        json.String("layout", settings.Layout is { } layout ? OptionWords.Word(layout) : null);
    }

    private static void Write(JsonText json, DetectionSettings settings)
    {
        json.String("layout", settings.Layout is { } layout ? OptionWords.Word(layout) : null);
        json.String("box", settings.Box is { } box ? OptionWords.Word(box) : null);
        json.Bool("relative", settings.Relative);
        json.Bool("objectness", settings.Objectness);
        json.Number("background", settings.Background);
        json.Numbers("strides", [.. settings.Strides.Select(stride => (float)stride)]);
    }

    /// <summary>Beyond these ends nothing but rounding is left of a score.</summary>
    private static double? Temperature(JsonObject output) =>
        output.Number("temperature") is not { } temperature ? null : temperature is >= 0.01 and <= 100 ? temperature : throw output.Invalid("temperature", "a number from 0.01 to 100");

    private static int? WholeNumber(JsonObject json, string name)
    {
        if (json.Number(name) is not { } number)
            return null;
        return number >= 0 && number <= 65535 && Math.Floor(number) == number ? (int)number : throw json.Invalid(name, "the index of a class");
    }

    private static IEnumerable<int> Strides(JsonObject json)
    {
        foreach (var stride in json.Numbers("strides"))
            yield return stride >= 1 && stride <= 4096 && Math.Floor(stride) == stride ? (int)stride : throw json.Invalid("strides", "a list of whole numbers of pixels");
    }
}
