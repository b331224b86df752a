using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Losses;

/// <summary>
/// What of a student's outputs is compared with the teacher's: each output, or what it is made of by operators that only move numbers or make probabilities of scores.
/// Scores say more than the probabilities, whose gradient vanishes where they are near 0 or 1; and the parts of a detector's output have units of their own.
/// </summary>
internal static class OutputTerms
{
    private static readonly string[] Moving = ["Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Identity"];

    /// <summary>Terms for every float32 output that both have, in the student's order.</summary>
    /// <param name="student">Its outputs have the names of the teacher's, or their order.</param>
    /// <param name="teacher">The model that is copied.</param>
    /// <param name="scores">Name of the student's output that holds scores of classes in its last axis, where that is known from elsewhere.</param>
    public static IReadOnlyList<LossTerm> Of(Graph student, Graph teacher, string? scores = null)
    {
        var terms = new List<LossTerm>();
        foreach (var (i, output) in student.Outputs.Index())
        {
            var target = teacher.Outputs.FirstOrDefault(other => other.Name == output.Name) ?? teacher.Outputs[i];
            if (output.TensorType is null or { Element: ElementType.Float32 or ElementType.Undefined })
                terms.AddRange(TermsOf(output, target, output.Name == scores));
        }

        return [.. terms.DistinctBy(term => term.Student, StringComparer.Ordinal)];
    }

    private static IEnumerable<LossTerm> TermsOf(Value student, Value teacher, bool areScores)
    {
        var terms = new List<LossTerm>();
        Follow(student, teacher, TargetMeaning.Numbers, -1, terms);
        return areScores && terms is [{ Meaning: TargetMeaning.Numbers }] ? [new LossTerm(student.Name, teacher.Name, TargetMeaning.ClassScores)] : terms;
    }

    private static void Follow(Value student, Value teacher, TargetMeaning meaning, long axis, List<LossTerm> terms)
    {
        var (made, wanted) = (ProducerOf(student), teacher.Producer);
        if (made is null || wanted is null || meaning == TargetMeaning.ClassScores || !Moves(made, wanted, out var pairs, ref meaning, ref axis))
        {
            if (student.Producer is not null && teacher.Producer is not null)
                terms.Add(new LossTerm(student.Name, teacher.Name, meaning) { Axis = axis });
            return;
        }

        foreach (var (mine, theirs) in pairs)
            Follow(mine, theirs, meaning, axis, terms);
    }

    /// <summary>Whether both are made in the same way of other values, and of which.</summary>
    private static bool Moves(Node made, Node wanted, out IEnumerable<(Value, Value)> pairs, ref TargetMeaning meaning, ref long axis)
    {
        pairs = [];
        if (meaning == TargetMeaning.Numbers && IsSoftmax(made) != IsSoftmax(wanted))
        {
            // One of the two leaves it to its reader to make probabilities of its scores.
            (meaning, axis) = (TargetMeaning.ClassScores, (IsSoftmax(made) ? made : wanted).GetInt("axis", -1));
            pairs = [IsSoftmax(made) ? (made.Inputs[0]!, wanted.Output) : (made.Output, wanted.Inputs[0]!)];
            return true;
        }

        if (made.OpType != wanted.OpType || made.Inputs.Count != wanted.Inputs.Count)
            return false;
        switch (made.OpType)
        {
            case "Softmax" or "LogSoftmax" when meaning == TargetMeaning.Numbers && made.GetInt("axis", -1) == wanted.GetInt("axis", -1):
                (meaning, axis) = (TargetMeaning.ClassScores, made.GetInt("axis", -1));
                break;
            case "Sigmoid" when meaning == TargetMeaning.Numbers:
                meaning = TargetMeaning.YesNoScores;
                break;
            case "Concat" when made.GetInt("axis", 0) == wanted.GetInt("axis", 0):
                pairs = made.Inputs.Zip(wanted.Inputs, (mine, theirs) => (mine!, theirs!));
                return true;
            default:
                if (!Moving.Contains(made.OpType, StringComparer.Ordinal))
                    return false;
                break;
        }

        pairs = [(made.Inputs[0]!, wanted.Inputs[0]!)];
        return true;
    }

    private static bool IsSoftmax(Node node) => node.Is("Softmax") || node.Is("LogSoftmax");

    /// <summary>Behind the rounding of a quantized student.</summary>
    private static Node? ProducerOf(Value value) =>
        value.Producer is { OpType: "DequantizeLinear" } dequantize && dequantize.Inputs[0]?.Producer is { OpType: "QuantizeLinear" } quantize ? quantize.Inputs[0]?.Producer : value.Producer;
}
