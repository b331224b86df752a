using System.Globalization;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>How the loss of held-out samples went, epoch by epoch, from 0 up.</summary>
internal static class TrainingChart
{
    private const double Left = 56, Right = 420, Top = 12, Bottom = 128;

    /// <param name="training">Of at least one epoch.</param>
    public static Html Of(TrainingFacts training)
    {
        var (losses, best) = (training.Losses, training.BestEpoch);
        var (x, y) = (new Scale(0, losses.Count - 1, Left + 6, Right - 6), new Scale(0, losses.Max(), Bottom, Top));
        var described = $"Loss of held-out samples: {Text(losses[0])} at the start, {Text(losses[best])} after epoch {best}, which was kept, {Text(losses[^1])} after the last of {losses.Count - 1} epochs.";
        return $"""
            <svg viewBox="0 0 430 160" role="img" aria-label="{described}">
            <path class="axis" fill="none" d="M{Left} {Top}V{Bottom}H{Right}"/>
            <text x="{Left - 5}" y="{Top + 5}" text-anchor="end">{Text(losses.Max())}</text><text x="{Left - 5}" y="{Bottom}" text-anchor="end">0</text>
            <text x="{x.Of(0)}" y="{Bottom + 15}" text-anchor="middle">start</text><text x="{x.Of(losses.Count - 1)}" y="{Bottom + 15}" text-anchor="end">epoch {losses.Count - 1}</text>
            <polyline class="curve after" points="{losses.Select((loss, epoch) => (Html)$"{x.Of(epoch)},{y.Of(loss)} ")}"/>
            <circle class="dot" cx="{x.Of(best)}" cy="{y.Of(losses[best])}" r="4"/>
            <text x="{(Left + Right) / 2}" y="{Bottom + 29}" text-anchor="middle">loss of held-out samples; the dot is what was kept</text></svg>

            """;
    }

    private static string Text(double loss) => loss.ToString("G3", CultureInfo.InvariantCulture);
}
