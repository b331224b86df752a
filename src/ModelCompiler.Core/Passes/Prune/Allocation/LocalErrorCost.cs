namespace ModelCompiler.Passes;

/// <summary>What the layers behind lose. It needs no run of the model, and does not know what that does to the outputs.</summary>
internal sealed class LocalErrorCost : IRemovalCost
{
    public double? Of(Removal removal) => removal.LocalLoss;
}
