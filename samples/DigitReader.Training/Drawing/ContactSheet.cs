namespace DigitReader.Training.Drawing;

/// <summary>A sheet of painted digits, one row a digit, to look at what the network is trained on.</summary>
internal static class ContactSheet
{
    private const int Columns = 32;
    private const int RowsPerDigit = 2;
    private const int Cell = DigitPainter.Side + 1;

    public static GrayImage Paint(int seed)
    {
        var sheet = new GrayImage(Columns * Cell, 10 * RowsPerDigit * Cell);
        var digit = new float[DigitPainter.Side * DigitPainter.Side];
        for (var i = 0; i < 10 * RowsPerDigit * Columns; i++)
        {
            var row = i / Columns;
            DigitPainter.Paint(row / RowsPerDigit, RandomSource.ForSample(seed, i), digit);
            sheet.Place(digit, DigitPainter.Side, (i % Columns) * Cell, row * Cell);
        }

        return sheet;
    }
}
