using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation.Detections;

/// <summary>Tells from a model's own answer what its numbers are, where neither the project nor the shapes say.</summary>
internal static class HeadProbe
{
    /// <summary>The share of boxes that must look as the reading says. A few of an untidy thousand never do.</summary>
    private const double Nearly = 0.98;

    /// <summary>A cell's box has its centre in the cell or close by. In cells.</summary>
    private const double CloseBy = 2;

    /// <summary>Shares of the picture's size are below this: boxes stick out of it, but not by its size.</summary>
    private const float LargestShare = 2;

    /// <summary>Scores that softmax made sum to one, half-precision rounding aside.</summary>
    private const float SumTolerance = 0.01f;

    /// <summary>The head with form, unit and background; null where no reading makes sense.</summary>
    public static DetectionHead? Of(DetectionReader reader, DetectionFormat format, Sample sample, IReadOnlyDictionary<string, Tensor> outputs)
    {
        var (width, height) = ImageSize.Of(sample);
        var boxes = reader.Boxes.Table(outputs);
        if (reader.Head.Strides.Count > 0 && format.Box is null)
            return OfCells(reader.Head, boxes, width, height);

        var head = reader.Head with { IsRelative = format.IsRelative ?? IsRelative(boxes) };
        if (format.Box is { } coding)
            return head with { Boxes = DetectorFinder.FormOf(coding) };
        if (reader.Scores is { } scores)
        {
            if (!IsProbabilities(scores.Table(outputs)))
                return null;
            head = head with { Background = format.Background ?? Background(scores.Table(outputs)) };
        }

        var (right, bottom) = head.IsRelative ? (1, 1) : (width, height);
        return AreCorners(boxes) ? head with { Boxes = BoxForm.Corners }
            : AreCenters(boxes, right, bottom) ? head with { Boxes = BoxForm.Center }
            : null;
    }

    /// <summary>The reading by which most cells find something near themselves.</summary>
    private static DetectionHead? OfCells(DetectionHead head, AnchorTable boxes, int width, int height)
    {
        if (GridCell.Count(head.Strides, width, height) != boxes.Rows)
            return null;
        DetectionHead[] readings =
        [
            head with { Boxes = BoxForm.Grid },
            head with { Boxes = BoxForm.Center },
            head with { Boxes = BoxForm.Center, IsRelative = true },
        ];
        var (best, least) = ((DetectionHead?)null, CloseBy);
        foreach (var reading in readings)
        {
            var distance = MedianDistance(reading, boxes, width, height);
            if (distance < least)
                (best, least) = (reading, distance);
        }

        return best;
    }

    /// <summary>Of a box's centre from its cell's, in cells.</summary>
    private static double MedianDistance(DetectionHead reading, AnchorTable boxes, int width, int height)
    {
        var distances = new double[boxes.Rows];
        for (var row = 0; row < distances.Length; row++)
        {
            var cell = GridCell.At(reading.Strides, width, height, row);
            var (x, y) = (boxes[row, 0], boxes[row, 1]);
            if (reading.Boxes == BoxForm.Grid)
                (x, y) = (x + cell.Column, y + cell.Row);
            else if (reading.IsRelative)
                (x, y) = (x * width / cell.Stride, y * height / cell.Stride);
            else
                (x, y) = (x / cell.Stride, y / cell.Stride);
            distances[row] = Math.Max(Math.Abs(x - cell.Column - 0.5), Math.Abs(y - cell.Row - 0.5));
        }

        Array.Sort(distances);   // NaN comes first, and would win: such a model has no reading at all
        return double.IsNaN(distances[0]) ? double.PositiveInfinity : distances[distances.Length / 2];
    }

    private static bool IsRelative(AnchorTable boxes)
    {
        var inside = 0;
        for (var row = 0; row < boxes.Rows; row++)
            inside += Math.Abs(boxes[row, 0]) < LargestShare && Math.Abs(boxes[row, 1]) < LargestShare && Math.Abs(boxes[row, 2]) < LargestShare && Math.Abs(boxes[row, 3]) < LargestShare ? 1 : 0;
        return inside >= Nearly * boxes.Rows;
    }

    private static bool AreCorners(AnchorTable boxes)
    {
        var ordered = 0;
        for (var row = 0; row < boxes.Rows; row++)
            ordered += boxes[row, 2] >= boxes[row, 0] && boxes[row, 3] >= boxes[row, 1] ? 1 : 0;
        return ordered >= Nearly * boxes.Rows;
    }

    /// <summary>Centres lie in the picture, and sizes are positive: what offsets from anchors are not.</summary>
    private static bool AreCenters(AnchorTable boxes, float right, float bottom)
    {
        var inside = 0;
        for (var row = 0; row < boxes.Rows; row++)
            inside += boxes[row, 0] >= 0 && boxes[row, 0] <= right && boxes[row, 1] >= 0 && boxes[row, 1] <= bottom && boxes[row, 2] > 0 && boxes[row, 3] > 0 ? 1 : 0;
        return inside >= Nearly * boxes.Rows;
    }

    private static bool IsProbabilities(AnchorTable scores)
    {
        for (var row = 0; row < scores.Rows; row++)
        {
            for (var column = 0; column < scores.Columns; column++)
            {
                if (!(scores[row, column] >= -SumTolerance && scores[row, column] <= 1 + SumTolerance))
                    return false;
            }
        }

        return true;
    }

    /// <summary>Scores that always sum to one have a class for "nothing here", which is the answer of most places.</summary>
    private static int? Background(AnchorTable scores)
    {
        if (scores.Columns < 2)
            return null;
        var totals = new double[scores.Columns];
        for (var row = 0; row < scores.Rows; row++)
        {
            var sum = 0.0;
            for (var column = 0; column < scores.Columns; column++)
            {
                sum += scores[row, column];
                totals[column] += scores[row, column];
            }

            if (Math.Abs(sum - 1) > SumTolerance)
                return null;
        }

        return Array.IndexOf(totals, totals.Max());
    }
}
