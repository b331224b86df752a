namespace ModelCompiler.Tests;

/// <summary>What code that is warm allocates.</summary>
internal static class Allocation
{
    /// <summary>The fewest bytes that <paramref name="action"/> allocates on this thread in one of five rounds of 20 calls, after a first call.</summary>
    /// <remarks>
    /// What an action allocates it allocates in each round. The runtime allocates on the calling thread too, once in a while and
    /// for its own sake (its tables of casts and of interface calls grow as other threads use them), which one round cannot tell apart.
    /// </remarks>
    public static long Of(Action action)
    {
        action();
        var fewest = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var call = 0; call < 20; call++)
                action();

            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return fewest;
    }
}
