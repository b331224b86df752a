using ModelCompiler.Execution;
using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Networks;

/// <summary>The model that is copied, running, with the values that the student is compared by as its outputs.</summary>
internal static class TeacherModel
{
    /// <param name="teacher">Left as it is.</param>
    /// <param name="values">Names of values of its graph.</param>
    /// <exception cref="Contract.DiagnosticException">MC1010: ONNX Runtime refuses the model.</exception>
    public static OrtModel Load(Model teacher, IEnumerable<string> values)
    {
        using var copy = teacher.Clone();
        var wanted = values.ToHashSet(StringComparer.Ordinal);
        foreach (var value in copy.Graph.Nodes.SelectMany(node => node.Outputs).OfType<Value>())
        {
            if (wanted.Contains(value.Name) && !copy.Graph.Outputs.Contains(value))
                copy.Graph.AddOutput(value);
        }

        copy.Graph.RemoveOutputs(output => !wanted.Contains(output.Name));
        return OrtModel.Load(copy);
    }
}
