namespace ModelCompiler.Contract;

/// <summary>One profile of a lock as JSON: first what decided, then what was measured, last what is long.</summary>
internal static class LockedFormJson
{
    private const int DigitsOfSha256 = 64;

    /// <summary>What a double counts without gaps.</summary>
    private const double MostExact = 1L << 53;

    public static void Write(JsonText json, LockedForm form)
    {
        json.String("model", form.Model);
        json.String("compiler", form.Compiler);
        json.String("evaluation", form.Evaluation);
        json.String("calibration", form.Calibration);
        json.String("precision", form.Precision);
        if (form.Pruning is { } pruning)
            json.Object("pruning", () => Write(json, pruning));
        json.Number("integerOperators", form.IntegerOperators);
        json.Strings("keptInFloat", form.KeptInFloat);
        json.Number("bytes", form.Bytes);
        json.Number("compressedBytes", form.CompressedBytes);
        json.Number("macs", form.Macs);
        if (form.Accuracy is { } accuracy)
            json.Object("accuracy", () => Write(json, accuracy));
        if (form.Fidelity is { } fidelity)
            json.Object("fidelity", () => Write(json, fidelity));
        json.Number("latencyRatio", form.LatencyRatio);
        json.String("compiled", form.Compiled);
        json.Map("ranges", form.Ranges, range => json.String(range.Tensor, range.Range));
    }

    public static LockedForm Read(string profile, JsonObject json)
    {
        var form = new LockedForm
        {
            Profile = profile,
            Model = Sha256(json, "model") ?? throw Missing(json, "model"),
            Compiler = json.String("compiler"),
            Evaluation = Sha256(json, "evaluation"),
            Calibration = Sha256(json, "calibration"),
            Precision = json.String("precision") ?? throw json.Invalid("precision", "a word"),
            Pruning = json.Object("pruning") is { } pruning ? ReadPruning(pruning) : null,
            IntegerOperators = (int?)Whole(json, "integerOperators", int.MaxValue),
            KeptInFloat = new(json.Strings("keptInFloat")),
            Bytes = Whole(json, "bytes", MostExact) ?? throw json.Invalid("bytes", "a whole number"),
            CompressedBytes = Whole(json, "compressedBytes", MostExact),
            Macs = Whole(json, "macs", MostExact),
            Accuracy = json.Object("accuracy") is { } accuracy ? ReadAccuracy(accuracy) : null,
            Fidelity = json.Object("fidelity") is { } fidelity ? ReadFidelity(fidelity) : null,
            LatencyRatio = json.Number("latencyRatio"),
            Compiled = Sha256(json, "compiled") ?? throw Missing(json, "compiled"),
            Ranges = json.Object("ranges") is { } ranges ? ReadRanges(ranges) : default,
        };
        json.RejectUnknown();
        return form;
    }

    private static void Write(JsonText json, LockedPruning pruning)
    {
        json.String("method", pruning.Method);
        json.Number("removed", pruning.Removed);
    }

    private static void Write(JsonText json, LockedAccuracy accuracy)
    {
        json.String("metric", accuracy.Metric);
        json.Number("original", accuracy.Original);
        json.Number("compiled", accuracy.Compiled);
        json.Number("drop", accuracy.Drop);
        json.Number("samples", accuracy.Samples);
        Write(json, "ci95", accuracy.Ci95);
        Write(json, "compiledCi95", accuracy.CompiledCi95);
    }

    private static void Write(JsonText json, string name, LockedInterval? interval)
    {
        if (interval is null)
            return;
        json.Object(name, () =>
        {
            json.Number("low", interval.Low);
            json.Number("high", interval.High);
        });
    }

    private static void Write(JsonText json, LockedFidelity fidelity)
    {
        json.Number("sqnrDb", fidelity.SqnrDb);
        json.Number("top1Agreement", fidelity.Top1Agreement);
        json.Number("samples", fidelity.Samples);
    }

    private static LockedPruning ReadPruning(JsonObject json)
    {
        var pruning = new LockedPruning(json.String("method") ?? throw json.Invalid("method", "a word"), RequiredShare(json, "removed"));
        json.RejectUnknown();
        return pruning;
    }

    private static LockedAccuracy ReadAccuracy(JsonObject json)
    {
        var accuracy = new LockedAccuracy(json.String("metric") ?? throw json.Invalid("metric", "a text"), RequiredShare(json, "original"), RequiredShare(json, "compiled"), Samples(json))
        {
            Drop = json.Number("drop") ?? throw json.Invalid("drop", "a number"),
            Ci95 = ReadInterval(json, "ci95"),
            CompiledCi95 = ReadInterval(json, "compiledCi95"),
        };
        json.RejectUnknown();
        return accuracy;
    }

    private static LockedInterval? ReadInterval(JsonObject json, string name)
    {
        if (json.Object(name) is not { } ends)
            return null;
        var interval = new LockedInterval(ends.Number("low") ?? throw ends.Invalid("low", "a number"), ends.Number("high") ?? throw ends.Invalid("high", "a number"));
        ends.RejectUnknown();
        return interval.Low <= interval.High ? interval : throw ends.Invalid("high", "no less than 'low'");
    }

    private static LockedFidelity ReadFidelity(JsonObject json)
    {
        var fidelity = new LockedFidelity(json.Number("sqnrDb"), Share(json, "top1Agreement"), Samples(json));
        json.RejectUnknown();
        return fidelity;
    }

    private static EquatableArray<LockedRange> ReadRanges(JsonObject json) =>
        new([.. json.PropertyNames.Select(name => new LockedRange(name, json.String(name) ?? throw json.Invalid(name, "a text")))]);

    private static int Samples(JsonObject json) => (int)(Whole(json, "samples", int.MaxValue) ?? throw json.Invalid("samples", "a whole number"));

    private static double RequiredShare(JsonObject json, string name) => Share(json, name) ?? throw json.Invalid(name, "a number from 0 to 1");

    private static double? Share(JsonObject json, string name) =>
        json.Number(name) is not { } share ? null : share is >= 0 and <= 1 ? share : throw json.Invalid(name, "a number from 0 to 1");

    private static long? Whole(JsonObject json, string name, double most) =>
        json.Number(name) is not { } number ? null : number >= 0 && number <= most && number == Math.Floor(number) ? (long)number : throw json.Invalid(name, "a whole number");

    private static string? Sha256(JsonObject json, string name) =>
        json.String(name) is not { } text ? null : text.Length == DigitsOfSha256 && text.All(digit => digit is (>= '0' and <= '9') or (>= 'a' and <= 'f')) ? text : throw Missing(json, name);

    private static DiagnosticException Missing(JsonObject json, string name) => json.Invalid(name, $"a SHA-256 in {DigitsOfSha256} lower-case hexadecimal digits");
}
