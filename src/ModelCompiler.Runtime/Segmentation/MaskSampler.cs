namespace ModelCompiler;

/// <summary>Brings the classes of a map to the pixels of the source image.</summary>
internal static class MaskSampler
{
    /// <summary>Takes the class of the place that a pixel lies in.</summary>
    public static ushort[] Nearest(ReadOnlySpan<ushort> map, int mapWidth, ReadOnlySpan<SamplePoint> rows, ReadOnlySpan<SamplePoint> columns)
    {
        var classes = new ushort[rows.Length * columns.Length];
        for (var y = 0; y < rows.Length; y++)
        {
            var target = classes.AsSpan(y * columns.Length, columns.Length);
            for (var x = 0; x < target.Length; x++)
                target[x] = rows[y].IsSeen && columns[x].IsSeen ? map[(rows[y].Nearest * mapWidth) + columns[x].Nearest] : SegmentationMask.Unseen;
        }

        return classes;
    }

    /// <summary>Takes the class whose score, interpolated between the four places around a pixel, is the highest.</summary>
    /// <remarks>
    /// Where one class wins in all four places it also wins between them, since every interpolated score is a mean of theirs with the same weights. So only pixels
    /// along the edges need the scores of all classes.
    /// </remarks>
    /// <param name="scores">The map.</param>
    /// <param name="best">Its best classes.</param>
    /// <param name="rows">Of the source.</param>
    /// <param name="columns">Of the source.</param>
    public static ushort[] Interpolated(ScoreMap scores, ReadOnlySpan<ushort> best, ReadOnlySpan<SamplePoint> rows, ReadOnlySpan<SamplePoint> columns)
    {
        var classes = new ushort[rows.Length * columns.Length];
        for (var y = 0; y < rows.Length; y++)
        {
            var row = rows[y];
            var target = classes.AsSpan(y * columns.Length, columns.Length);
            if (!row.IsSeen)
            {
                target.Fill(SegmentationMask.Unseen);
                continue;
            }

            var top = best.Slice(row.First * scores.Width, scores.Width);
            var bottom = best.Slice(row.Second * scores.Width, scores.Width);
            for (var x = 0; x < target.Length; x++)
            {
                var column = columns[x];
                if (!column.IsSeen)
                    target[x] = SegmentationMask.Unseen;
                else if (top[column.First] is var one && top[column.Second] == one && bottom[column.First] == one && bottom[column.Second] == one)
                    target[x] = one;
                else
                    target[x] = scores.Between(row, column);
            }
        }

        return classes;
    }
}
