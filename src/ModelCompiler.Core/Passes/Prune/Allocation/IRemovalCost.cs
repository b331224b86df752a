namespace ModelCompiler.Passes;

/// <summary>What it costs to take units from a group.</summary>
internal interface IRemovalCost
{
    /// <summary>Null where it is not looked at for this number of units: it is then taken from those before and behind.</summary>
    double? Of(Removal removal);
}
