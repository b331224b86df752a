using ModelCompiler.Graphs;

namespace ModelCompiler.Passes.Simplify;

/// <summary>Transpose(f(x)), Transpose(g(x)), … with one order of axes and f, g elementwise  =>  f(Transpose(x)), g(Transpose(x)), … of one Transpose.</summary>
/// <remarks>
/// Converters push Transposes through the branches of an activation and leave one in each. ONNX Runtime moves Transposes too, but does not
/// make one of two.
/// </remarks>
public sealed class MergeTransposes : IGraphPass
{
    private static readonly HashSet<string> Unary = new(StringComparer.Ordinal)
    {
        "Abs", "Cast", "Elu", "Erf", "Exp", "HardSigmoid", "HardSwish", "LeakyRelu", "Log", "Neg", "Reciprocal", "Relu", "Sigmoid", "Softplus", "Softsign", "Sqrt", "Tanh",
    };

    private static readonly HashSet<string> Binary = new(StringComparer.Ordinal) { "Add", "Div", "Max", "Min", "Mul", "Pow", "Sub" };

    public void Run(Graph graph, PassContext context)
    {
        // Before opset 7 broadcasting followed other rules.
        if (graph.Model.Opset < 7)
            return;
        var branches = graph.NodesOf("Transpose").Select(BranchOf).OfType<Branch>();
        foreach (var group in branches.GroupBy(branch => (branch.Operand, string.Join(',', branch.Order))).Where(group => group.Count() > 1).ToArray())
            Merge([.. group], context);
    }

    private static void Merge(Branch[] branches, PassContext context)
    {
        var (operand, order) = (branches[0].Operand, branches[0].Order);
        var edit = new GraphEdit(branches[0].Transpose.Graph, $"one Transpose of '{operand.Name}' for {string.Join(", ", branches.Select(branch => branch.Transpose))}");
        var transposed = edit.AddNode("Transpose", [operand], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["perm"] = order }).Output;
        foreach (var (transpose, function, _, _) in branches)
        {
            var inputs = function.Inputs.Select(input => input == operand ? transposed : input).ToArray();
            edit.Remove(transpose);
            edit.Remove(function);
            edit.AddNode(function.OpType, inputs, [transpose.Output], function.Attributes);
        }

        context.Apply(edit);
    }

    /// <summary>An elementwise function of one value, which only this Transpose reads.</summary>
    private static Branch? BranchOf(Node transpose)
    {
        if (transpose.Input(0) is not { Producer: { Domain: "" } function } value || function.Graph != transpose.Graph || !value.IsUsedOnlyBy(transpose)
            || transpose.GetInts("perm") is not { } order || function.Outputs.Count != 1)
            return null;
        return OperandOf(function, order.Count) is { } operand ? new(transpose, function, operand, [.. order]) : null;
    }

    /// <summary>The one input that is not a single constant number.</summary>
    private static Value? OperandOf(Node function, int rank)
    {
        if (Unary.Contains(function.OpType))
            return function.Inputs.Count == 1 ? function.Inputs[0] : null;
        if (!Binary.Contains(function.OpType) || function.Input(0) is not { } a || function.Input(1) is not { } b || function.Inputs.Count != 2)
            return null;
        return IsNumber(b, rank) ? a : IsNumber(a, rank) ? b : null;
    }

    private static bool IsNumber(Value value, int rank) => value.Constant is { Count: 1 } constant && constant.Rank <= rank;

    private sealed record Branch(Node Transpose, Node Function, Value Operand, long[] Order);
}
