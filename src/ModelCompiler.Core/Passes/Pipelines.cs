using ModelCompiler.Graphs;
using ModelCompiler.Passes.Simplify;

namespace ModelCompiler.Passes;

/// <summary>The lists of passes, in the order they run.</summary>
public static class Pipelines
{
    /// <summary>
    /// Rewrites that change no output beyond rounding and add no node. The list is run until a round changes nothing.
    /// </summary>
    public static IReadOnlyList<IGraphPass> Simplify { get; } =
    [
        new UnlistInitializers(),         // first: initializers may be added from then on, and weights count as constant
        new LiftConstants(),              // before all that asks for constants or compares weights
        new RemoveDeadNodes(),            // before the work: what is dead need not be looked at, and counts as no reader
        new FoldKnownShapes(),            // cheap, and turns Reshapes into ones whose shape is a constant
        new FoldConstants(),              // after the shapes: ONNX Runtime computes what is left
        new RemoveIdentities(),           // after folding: a no-op often shows only once its operands are known
        new FuseTransposes(),             // may leave identities, which the next round removes
        new FuseReshapes(),               // the same
        new MergeDuplicateInitializers(), // before the subexpressions: equal weights must be one value there
        new MergeCommonSubexpressions(),  // before folding into layers: a copy would count as another reader
        new MergeTransposes(),            // after the subexpressions: equal Transposes of one value are one already
        new ShowGelu(),                   // after the Transposes, which may stand in its branches
        new CascadePools(),               // after the subexpressions: pools of one value are seen as such
        new FoldPad(),                    // before normalizations, which only need the layer itself
        new FoldFocus(),                  // after Pad, which may stand between; before the next round's Pad, which may stand in front
        new FoldBatchNorm(),              // before MulAdd: a scale behind the normalization then meets the layer
        new FoldMulAdd(),
        new RemoveDeadNodes(),            // last: the weights that folding replaced
    ];

    /// <summary>For models that are computed in float: fewer multiplications for a few nodes more, with no change of outputs beyond rounding.</summary>
    public static IReadOnlyList<IGraphPass> Float { get; } =
    [
        new ConvolveBeforeResize(),
        new RemoveDeadNodes(), // the weights that were divided
    ];

    /// <summary>Simplifies a model in place.</summary>
    public static void RunSimplify(Model model, PassContext context) => PassRunner.RunToFixedPoint(model, Simplify, context);
}
