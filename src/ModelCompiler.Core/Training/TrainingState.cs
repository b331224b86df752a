using System.Runtime.InteropServices;

namespace ModelCompiler.Training;

/// <summary>How far a training is, at the end of an epoch.</summary>
internal sealed class TrainingState
{
    /// <summary>Finished epochs.</summary>
    public int Epoch { get; set; }

    /// <summary>All that are to be done: those of the recipe, or fewer where the time turned out to be too short for them.</summary>
    public int Epochs { get; set; }

    /// <summary>Finished steps since the last time that it began.</summary>
    public int Step { get; set; }

    /// <summary>How often it began anew, each time with a smaller rate.</summary>
    public int Restarts { get; private set; }

    /// <summary>The epoch after which it began anew; 0 where it never did.</summary>
    public int First { get; private set; }

    /// <summary>Of held-out samples: before the first step, and after each epoch.</summary>
    public List<double> Losses { get; private init; } = [];

    public double StartLoss => Losses[0];

    public double BestLoss => Losses[BestEpoch];

    /// <summary>After which the best weights were taken; 0 for those of the start.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>The weights that answered held-out samples best, by parameter.</summary>
    public float[][] Best { get; private set; } = [];

    /// <summary>A training that begins.</summary>
    /// <param name="loss">Of held-out samples.</param>
    /// <param name="weights">At the start.</param>
    /// <param name="epochs">All that are to be done.</param>
    public static TrainingState At(double loss, float[][] weights, int epochs) => new() { Epochs = epochs, Losses = [loss], Best = weights };

    /// <summary>Ends an epoch, and keeps its weights where they are better than all before.</summary>
    /// <param name="loss">Of held-out samples.</param>
    /// <param name="weights">Asked for copies of the weights as they are.</param>
    public void EndEpoch(double loss, Func<float[][]> weights)
    {
        Epoch++;
        Losses.Add(loss);
        if (loss < BestLoss)
            (BestEpoch, Best) = (Epoch, weights());
    }

    /// <summary>Begins anew with the epochs that are left.</summary>
    public void Restart()
    {
        (Restarts, First, Step) = (Restarts + 1, Epoch, 0);
    }

    public void Save(BinaryWriter to)
    {
        to.Write(Restarts);
        to.Write(First);
        to.Write(Epoch);
        to.Write(Epochs);
        to.Write(Step);
        to.Write(BestEpoch);
        Losses.ForEach(to.Write);
        foreach (var weights in Best)
            to.Write(MemoryMarshal.AsBytes<float>(weights));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="from">A stream of it.</param>
    /// <param name="weights">Of the right sizes; they become the best ones.</param>
    /// <exception cref="EndOfStreamException">It is cut off.</exception>
    public static TrainingState Load(BinaryReader from, float[][] weights)
    {
        var state = new TrainingState { Restarts = from.ReadInt32(), First = from.ReadInt32(), Epoch = from.ReadInt32(), Epochs = from.ReadInt32(), Step = from.ReadInt32(), BestEpoch = from.ReadInt32(), Best = weights };
        for (var i = 0; i <= state.Epoch; i++)
            state.Losses.Add(from.ReadDouble());
        foreach (var best in weights)
            from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(best.AsSpan()));
        return state;
    }
}
