using System.Text.Json;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Tests.Evaluation;

public sealed class ReportJsonTests
{
    private static readonly Top1Accuracy Measured = new(500, OriginalCorrect: 300, CompiledCorrect: 295, Lost: 12);

    [Fact]
    public void ACompileReportHasTheShapeThatIsPromised()
    {
        var report = Compiled() with
        {
            Quantized = new QuantizedFacts(26, 25, [new KeptNode("Conv 'stem'", "it loses accuracy")]),
            Pruning = new PruningFacts("channels", "multiply-accumulates", 0.3, 0.31, [new PruningPoint(0.3, 0.31) { Precision = "int8" }]),
            Fidelity = FidelityFacts.Of(new Fidelity(10, [new OutputFidelity("y") { SqnrDb = 31.23456, MaxAbsError = 0.123456, MaxRelativeError = 0.01, Top1Agreement = 0.9 }])),
            Accuracy = AccuracyFacts.Of(Measured),
            Measures = [MeasureFacts.Of(Measurement.Of(Measured))],
            Latency = LatencyFacts.Of(new Latency(1000.04, 1100, 1, 64), new Latency(500, null, 1.98765, 64), threads: 1),
            Memory = new MemoryFacts(12345),
            Diagnostics = [DiagnosticFacts.Of(DiagnosticRules.PrecisionChosen.Create("m.onnx", "int8", "linux-x64", "it is faster"))],
        };

        var json = JsonDocument.Parse(ReportJson.Write(report)).RootElement;

        Names(json).ShouldBe(["model", "profile", "precision", "original", "data", "compiled", "compressed", "passes", "quantized", "ladder", "pruning", "trainings", "tried", "fidelity", "accuracy", "measures", "robustness", "adversarial", "calibration", "outOfDistribution", "changedAnswers", "latency", "memory", "energy", "measured", "diagnostics"]);
        Names(json.GetProperty("original")).ShouldBe(["bytes", "parameters", "macs"]);
        Names(json.GetProperty("compiled")).ShouldBe(["path", "bytes", "parameters", "macs", "sha256"]);
        Names(json.GetProperty("passes")[0]).ShouldBe(["name", "edits", "declined"]);
        Names(json.GetProperty("quantized")).ShouldBe(["eligible", "integer", "kept", "macsShare"]);
        Names(json.GetProperty("pruning")).ShouldBe(["method", "unit", "asked", "removed", "curve", "originalPackedBytes", "packedBytes"]);
        Names(json.GetProperty("pruning").GetProperty("curve")[0]).ShouldBe(["ratio", "removed", "precision", "bytes", "accuracy", "accuracyDrop", "top1Agreement", "sqnrDb", "speed", "refusal"]);
        json.GetProperty("fidelity").GetProperty("sqnrDb").GetDouble().ShouldBe(31.23);
        json.GetProperty("fidelity").GetProperty("top1Agreement").GetDouble().ShouldBe(0.9);
        Names(json.GetProperty("measures")[0]).ShouldBe(["name", "unit", "higherIsBetter", "original", "compiled", "change", "samples", "originalCi95", "compiledCi95", "changeCi95", "pValue"]);
        (json.GetProperty("measures")[0].GetProperty("unit").GetString(), json.GetProperty("measures")[0].GetProperty("change").GetDouble()).ShouldBe(("share", -0.01));
        json.GetProperty("accuracy").GetProperty("drop").GetDouble().ShouldBe(0.01);
        json.GetProperty("accuracy").GetProperty("ci95").GetArrayLength().ShouldBe(2);
        Names(json.GetProperty("latency")).ShouldBe(["originalUs", "compiledUs", "ratio", "runs", "threads", "originalP90Us", "compiledP90Us", "originalP99Us", "compiledP99Us", "originalLoadMs", "compiledLoadMs"]);
        json.GetProperty("latency").GetProperty("ratio").GetDouble().ShouldBe(1.988);
        json.GetProperty("memory").GetProperty("peakBytes").GetInt64().ShouldBe(12345);
        Names(json.GetProperty("diagnostics")[0]).ShouldBe(["id", "severity", "message"]);
        json.GetProperty("diagnostics")[0].GetProperty("severity").GetString().ShouldBe("info");
    }

    [Fact]
    public void TheWorstClassesAreThoseThatChanceExplainsLeast()
    {
        var accuracy = Measured with { Classes = [new(0, 1, 1, 0, 1), new(1, 40, 40, 28, 12), new(2, 40, 30, 31, 4), new(3, 40, 40, 36, 4)] };

        var json = JsonDocument.Parse(ReportJson.Write(Compiled() with { Accuracy = AccuracyFacts.Of(accuracy, ["zero", "one"]) })).RootElement;

        var worst = json.GetProperty("accuracy").GetProperty("worstClasses");
        worst.EnumerateArray().Select(part => part.GetProperty("class").GetInt32()).ShouldBe([1, 3, 0]);
        Names(worst[0]).ShouldBe(["class", "label", "samples", "original", "compiled", "pValue"]);
        (worst[0].GetProperty("label").GetString(), worst[1].GetProperty("label").GetString()).ShouldBe(("one", null));
        worst[0].GetProperty("compiled").GetDouble().ShouldBe(0.7);
        worst[0].GetProperty("pValue").GetDouble().ShouldBe(0.000488); // 2 / 2^12
        JsonDocument.Parse(ReportJson.Write(Compiled() with { Accuracy = AccuracyFacts.Of(Measured) })).RootElement
            .GetProperty("accuracy").GetProperty("worstClasses").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    // Of slices that lost or won as much, the surer one is further out; one that stayed is between them.
    [Fact]
    public void SlicesComeFromTheWorstToTheBest()
    {
        var accuracy = Measured with { Slices = [new("won", 40, 20, 40, 0), new("same", 40, 30, 30, 4), new("lost", 40, 40, 28, 12), new("one", 1, 1, 0, 1)] };

        var slices = JsonDocument.Parse(ReportJson.Write(Compiled() with { Accuracy = AccuracyFacts.Of(accuracy) })).RootElement.GetProperty("accuracy").GetProperty("slices");

        slices.EnumerateArray().Select(slice => slice.GetProperty("slice").GetString()).ShouldBe(["lost", "one", "same", "won"]);
        Names(slices[0]).ShouldBe(["slice", "samples", "original", "compiled", "drop", "pValue"]);
        (slices[0].GetProperty("drop").GetDouble(), slices[0].GetProperty("pValue").GetDouble()).ShouldBe((0.3, 0.000488)); // 2 / 2^12
    }

    [Fact]
    public void WhatWasNotMeasuredIsNull()
    {
        var json = JsonDocument.Parse(ReportJson.Write(Compiled())).RootElement;

        foreach (var name in new[] { "quantized", "pruning", "fidelity", "accuracy", "measures", "robustness", "adversarial", "calibration", "outOfDistribution", "changedAnswers", "latency", "memory" })
            json.GetProperty(name).ValueKind.ShouldBe(JsonValueKind.Null, name);
    }

    [Fact]
    public void TheSameResultIsTheSameText() => ReportJson.Write(Compiled()).ShouldBe(ReportJson.Write(Compiled()));

    [Fact]
    public void AnEvaluationWithoutReferenceHasNoDrop()
    {
        var comparison = new Comparison(new Fidelity(500, []), Measured);

        var json = JsonDocument.Parse(ReportJson.Write(EvaluateReport.Alone(comparison))).RootElement;

        Names(json).ShouldBe(["samples", "accuracy", "fidelity", "measures", "calibration", "fittedTemperature"]);
        json.GetProperty("accuracy").GetProperty("compiled").GetDouble().ShouldBe(0.59);
        json.GetProperty("accuracy").GetProperty("drop").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("fidelity").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void ABenchReportSaysWhatThereAreEnoughRunsFor()
    {
        var report = new BenchReport(20, 1, [BenchedModel.Of("a.onnx", new Latency(10, null, 1, 20), 3)]);

        var json = JsonDocument.Parse(ReportJson.Write(report)).RootElement;

        Names(json).ShouldBe(["runs", "threads", "models"]);
        Names(json.GetProperty("models")[0]).ShouldBe(["path", "medianUs", "p90Us", "ratioToFirst", "loadMs"]);
        json.GetProperty("models")[0].GetProperty("p90Us").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private static CompileReport Compiled() => new()
    {
        Model = "m.onnx",
        Profile = "linux-x64",
        Precision = "int8",
        Original = new ModelFacts(400, 100, 5000),
        Compiled = new CompiledFacts("out/m.linux-x64.onnx", 110, 100, 5000, "00ff"),
        Passes = [new PassFacts("FoldBatchNorm", 3, 1)],
        Diagnostics = [],
    };

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(property => property.Name);
}
