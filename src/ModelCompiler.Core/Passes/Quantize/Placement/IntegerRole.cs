namespace ModelCompiler.Passes;

/// <summary>What an operator does with integers.</summary>
internal enum IntegerRole
{
    /// <summary>It has no form on integers here: it pays for conversion to float and back.</summary>
    None,

    /// <summary>Multiplies by a constant weight; the reason to quantize at all.</summary>
    Weighted,

    /// <summary>Takes inputs and gives an output of scales of their own.</summary>
    Kernel,

    /// <summary>A kernel that multiplies what it normalized by a constant scale, which is a weight, and adds a constant bias.</summary>
    Normalization,

    /// <summary>Multiplies two activations.</summary>
    Product,

    /// <summary>Only moves or picks elements: input and output share scale and zero point.</summary>
    PassThrough,
}
