using ModelCompiler.Compilation.Locks;

namespace ModelCompiler.Tool.Output;

/// <summary>What became of a lock, in a few words.</summary>
internal static class LockText
{
    public static string Of(AcceptedLock accepted)
    {
        var file = Path.GetFileName(accepted.Path);
        if (accepted.IsRewritten)
            return $"accepted; {file} could not be read and is written anew, with nothing of other profiles";
        return accepted.IsChanged ? $"accepted, {file} is written" : $"accepted, {file} says so already";
    }
}
