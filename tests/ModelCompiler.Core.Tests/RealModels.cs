using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Tests.Passes;

namespace ModelCompiler.Tests;

/// <summary>The real models beside the repository, with inputs that they can be run with.</summary>
internal static class RealModels
{
    /// <summary>
    /// Visits each model that ONNX Runtime loads as it is, and says which it does not (custom operators, or a locale that the machine lacks);
    /// the running test is skipped where the models are absent.
    /// </summary>
    public static void Visit(ITestOutputHelper output, Action<string, Model, IReadOnlyDictionary<string, Tensor>> visit)
    {
        foreach (var path in Directory.EnumerateFiles(SharedData.Require("models"), "*.onnx", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (Refusal(path) is { } reason)
            {
                output.WriteLine($"{Path.GetFileName(path)}: not loaded by ONNX Runtime: {reason}");
                continue;
            }

            using var model = OnnxReader.Read(path);
            visit(Path.GetFileName(path), model, Inputs(model, Path.GetFileName(path)));
        }
    }

    private static string? Refusal(string path)
    {
        try
        {
            using var running = OrtModel.Load(path);
            return null;
        }
        catch (DiagnosticException refusal)
        {
            return refusal.Diagnostic.Message;
        }
    }

    /// <summary>Random inputs; sizes that the model leaves open are 1 where it says nothing else of them.</summary>
    private static Dictionary<string, Tensor> Inputs(Model model, string name)
    {
        var openSize = name switch
        {
            "standard_v2_1.onnx" => 2,
            "qtdnn_10x5_101_i32_biases.model.onnx" => 20,
            _ => 1,
        };
        var inputs = RandomTensors.ForInputs(model, seed: 5, openSize);
        if (name == "ch_PP-OCRv3_det_infer.onnx")
            inputs["x"] = RandomTensors.Floats(new Random(5), 1, 3, 64, 96);
        if (name == "silero_vad_op18_ifless.onnx")
            inputs["input"] = RandomTensors.Floats(new Random(5), 1, 576);
        return inputs;
    }
}
