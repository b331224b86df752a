namespace ModelCompiler;

/// <summary>An output of a detector that is a table with a row for each place where an object may be.</summary>
/// <param name="index">The output's number in the model's definition.</param>
/// <param name="columns">Numbers that are said of each place.</param>
/// <param name="columnsFirst">True for [columns, rows], false for [rows, columns].</param>
public sealed class DetectorOutput(int index, int columns, bool columnsFirst)
{
    internal AnchorTable Table(ModelCall call)
    {
        var values = call.Output<float>(index);
        return values.Length > 0 && values.Length % columns == 0
            ? new AnchorTable(values, values.Length / columns, columnsFirst)
            : throw new InvalidOperationException($"The output with number {index} has {values.Length} values, which are no rows of {columns}.");
    }
}
