using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>The domain of the operators that ONNX Runtime adds to ONNX's own.</summary>
internal static class MicrosoftDomain
{
    public const string Name = "com.microsoft";

    /// <summary>For an edit that adds such an operator: the model says that it uses them, unless it does so already.</summary>
    public static void Declare(GraphEdit edit)
    {
        if (!edit.Graph.Model.Opsets.ContainsKey(Name))
            edit.SetOpset(Name, 1);
    }
}
