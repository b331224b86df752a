namespace ModelCompiler.Passes.Layout;

/// <summary>What an operator has to do with the order of axes.</summary>
internal enum LayoutRole
{
    /// <summary>It reads and makes NCHW.</summary>
    None,

    /// <summary>Its kernel wants NHWC: everything else follows from it.</summary>
    Wants,

    /// <summary>It has a kernel for NHWC, which is taken where its input is in that order already, and makes less than it reads.</summary>
    Takes,

    /// <summary>It can work in either order, and is taken along between two that are NHWC.</summary>
    Follows,
}
