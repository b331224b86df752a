using ModelCompiler.Contract;

namespace ModelCompiler.Compilation.Locks;

/// <param name="Result">What came of the compile.</param>
/// <param name="Lock">The lock that has it now; null where the compile failed or only copied, and the lock was left alone.</param>
public sealed record AcceptedCompile(CompileResult Result, AcceptedLock? Lock);

/// <param name="Path">The lock's file.</param>
/// <param name="Content">All that it says now.</param>
/// <param name="IsChanged">False where it said the same before, and the file was left as it was.</param>
/// <param name="IsRewritten">True where it could not be read, so that what it said of other profiles is gone.</param>
public sealed record AcceptedLock(string Path, ModelLock Content, bool IsChanged, bool IsRewritten);
