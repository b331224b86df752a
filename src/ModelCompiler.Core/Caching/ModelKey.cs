using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;

namespace ModelCompiler.Caching;

/// <summary>A model in memory as a part of a key.</summary>
internal static class ModelKey
{
    /// <summary>What is over it is written to a file for the key.</summary>
    private const long MostBytesInMemory = 1L << 30;

    public static ContentKey AddTo(ContentKey key, Model model)
    {
        if (ModelTensors.AllBytes(model) <= MostBytesInMemory)
            return key.Add(OnnxWriter.ToBytes(model));
        using var folder = new TemporaryFolder();
        foreach (var file in OnnxWriter.Write(model, folder.File("model.onnx")))
            key.AddFile(file);
        return key;
    }
}
