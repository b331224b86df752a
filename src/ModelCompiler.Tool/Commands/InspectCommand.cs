using System.CommandLine;
using ModelCompiler.Onnx;
using ModelCompiler.Tool.Inspect;
using ModelCompiler.Tool.Output;

namespace ModelCompiler.Tool.Commands;

/// <summary><c>modelc inspect</c>: what a model is, without running it or reading its weights.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var model = Symbols.Model();
        var json = Symbols.Json();
        var command = new Command("inspect", "Shows a model's inputs, outputs, size and operators.") { model, json };
        command.SetAction(parsed => CommandRunner.Run(
            parsed.GetValue(json),
            output => Run(parsed.GetRequiredValue(model), output)));
        return command;
    }

    private static void Run(string path, CommandOutput output)
    {
        using var model = OnnxReader.Read(path);
        var report = InspectReport.Of(model, path);
        output.Result(() => InspectJson.Write(report), () => Print(report));
    }

    private static void Print(InspectReport report)
    {
        Tables.PrintPairs(
        [
            ("name", report.Name),
            ("opset", Figures.Text($"{report.Opset}")),
            ("size", Figures.Bytes(report.Bytes)),
            ("parameters", Figures.Count(report.Cost.Parameters)),
            ("multiply-accumulates", Figures.Count(report.Cost.Macs)),
        ]);
        Tables.Print(
            ["", "name", "type", "shape"],
            [.. report.Inputs.Select(value => Row("input", value)), .. report.Outputs.Select(value => Row("output", value))]);
        Tables.Print(["operator", ">nodes"], report.Operators.Select(count => (IReadOnlyList<string>)[count.Key, Figures.Text($"{count.Value}")]));
    }

    private static IReadOnlyList<string> Row(string role, ValueReport value) =>
        [role, value.Name, value.Type, value.Shape is { } shape ? $"[{string.Join(", ", shape)}]" : "any"];
}
