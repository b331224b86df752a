using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Changes that leave an older node without an equal.</summary>
internal static class Refuse
{
    public static void ScanOverBatches(Node node, GraphEdit edit) =>
        throw new NotLiftableException("Scan-8 runs over a batch axis with lengths of its own, which later versions do not have");

    public static void RemovedOperator(Node node, GraphEdit edit) =>
        throw new NotLiftableException("the operator was experimental and was removed from ONNX");
}
