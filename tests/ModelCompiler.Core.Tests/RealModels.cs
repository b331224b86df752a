using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Tests.Passes;

namespace ModelCompiler.Tests;

/// <summary>The real models beside the repository, with inputs that they can be run with.</summary>
internal static class RealModels
{
    /// <summary>Files that ONNX Runtime itself does not load: custom operators, and an operator it never had.</summary>
    private static readonly string[] NotRunnable = ["custom_op_test.onnx"];

    /// <summary>The models that ONNX Runtime loads, by path below the data folder; the running test is skipped where the folder is absent.</summary>
    public static IEnumerable<string> Runnable => Directory.EnumerateFiles(SharedData.Require("models"), "*.onnx", SearchOption.AllDirectories)
        .Where(path => !NotRunnable.Contains(Path.GetFileName(path), StringComparer.Ordinal))
        .Order(StringComparer.Ordinal);

    public static Model Read(string path) => OnnxReader.Read(path);

    /// <summary>Random inputs; sizes that the model leaves open are chosen for each model that needs more than 1.</summary>
    public static Dictionary<string, Tensor> Inputs(Model model, string path)
    {
        var openSize = Path.GetFileName(path) switch
        {
            "ch_PP-OCRv3_det_infer.onnx" => 64,
            "silero_vad_op18_ifless.onnx" => 1,
            "standard_v2_1.onnx" => 2,
            _ => 1,
        };
        var inputs = RandomTensors.ForInputs(model, seed: 5, openSize);
        if (path.EndsWith("ch_PP-OCRv3_det_infer.onnx", StringComparison.Ordinal))
            inputs["x"] = RandomTensors.Floats(new Random(5), 1, 3, 64, 96);
        if (path.EndsWith("silero_vad_op18_ifless.onnx", StringComparison.Ordinal))
        {
            inputs["input"] = RandomTensors.Floats(new Random(5), 1, 576);
            inputs["state"] = RandomTensors.Floats(new Random(5), 2, 1, 128);
        }

        return inputs;
    }
}
