using ModelCompiler.Evaluation;
using ModelCompiler.Execution;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;

namespace ModelCompiler.Compilation;

/// <summary>What each step of the accuracy ladder is worth for a model.</summary>
internal static class LadderAblation
{
    /// <summary>Differences between steps are seen on the same samples, so that few are enough.</summary>
    private const int Samples = 8;

    /// <summary>The outputs' signal to noise with the steps up to each one that found something to do, the first without any; null where there is no ladder, or nothing to compare with.</summary>
    public static IReadOnlyList<LadderRung>? Measure(StartingModel start, OriginalModel original, Candidate candidate)
    {
        if (!original.IsRepeatable || candidate.Quantized?.Activations is not { } activations || candidate.Inputs.Scheme.Ladder is not { Count: > 0 } listed)
            return null;
        AccuracyStep[] ladder = [.. listed.Order().Where(step => FoundSomething(step, candidate.Passes))]; // in which steps are taken, whatever the order in the profile
        var samples = original.WithOutputs(Samples);
        var rungs = new List<LadderRung>();
        for (var steps = 0; steps <= ladder.Length; steps++)
        {
            using var running = steps == ladder.Length ? OrtModel.Load(candidate.Path) : Write(steps);
            rungs.Add(new(steps == 0 ? null : ladder[steps - 1], SideBySide.Run(running, samples).Fidelity.SqnrDb));
        }

        return rungs;

        OrtModel Write(int steps)
        {
            using var model = start.Model.Clone();
            var scheme = candidate.Inputs.Scheme with { Ladder = [.. ladder.Take(steps)] };
            Precisions.Find(candidate.Precision)!.Apply(model, candidate.Inputs with { Scheme = scheme, Activations = activations }, new PassContext());
            return OrtModel.Load(model);
        }
    }

    /// <summary>False for a step that is a pass of its own and changed nothing: it is worth nothing, and need not be measured.</summary>
    private static bool FoundSomething(AccuracyStep step, PassContext passes) =>
        step is not (AccuracyStep.EqualizeChannels or AccuracyStep.SmoothActivations) || passes.Log.Any(edit => edit.Pass == step.ToString());
}

/// <param name="Step">The last step that was taken; null for integers that are simply the nearest.</param>
/// <param name="SqnrDb">Of the output that suffers most.</param>
internal sealed record LadderRung(AccuracyStep? Step, double? SqnrDb);
