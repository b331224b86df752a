namespace ModelCompiler.Training;

/// <summary>Which samples each batch is made of: every epoch takes all of them in another order, which follows from the seed alone.</summary>
/// <param name="count">Samples.</param>
/// <param name="batch">Samples of a batch; the last of an epoch is filled up from its first.</param>
/// <param name="seed">Of the order.</param>
internal sealed class BatchOrder(int count, int batch, int seed)
{
    public int BatchesOfEpoch => (count + batch - 1) / batch;

    /// <summary>The places of each batch.</summary>
    public IEnumerable<int[]> Epoch(int epoch)
    {
        var places = Enumerable.Range(0, count).ToArray();
        Chance.Of(seed, epoch).Shuffle(places);
        for (var i = 0; i < BatchesOfEpoch; i++)
            yield return [.. Enumerable.Range(i * batch, batch).Select(j => places[j % count])];
    }
}
