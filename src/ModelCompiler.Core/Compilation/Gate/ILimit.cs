using ModelCompiler.Contract;

namespace ModelCompiler.Compilation.Gate;

/// <summary>A limit that a form must keep before it is shipped: one that the project sets, or one that holds where it says nothing.</summary>
internal interface ILimit
{
    /// <summary>What is wrong with the form; nothing where it keeps the limit, or where what it takes to judge was not measured.</summary>
    IEnumerable<ModelDiagnostic> Breaches(JudgedForm form);
}
