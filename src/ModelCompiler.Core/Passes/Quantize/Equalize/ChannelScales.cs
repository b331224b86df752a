using ModelCompiler.Graphs;
using ModelCompiler.Profiles;

namespace ModelCompiler.Passes;

/// <summary>The scales that were chosen for a model, known by name: every form of it that is built from the same statistics is scaled alike.</summary>
public sealed class ChannelScales
{
    private readonly Dictionary<AccuracyStep, Dictionary<string, double[]>> _sites = [];
    private readonly Dictionary<string, ScaledValue> _values = new(StringComparer.Ordinal);

    /// <summary>True where a step was decided on, even if it found nothing.</summary>
    internal bool Knows(AccuracyStep step) => _sites.ContainsKey(step);

    internal void Remember(AccuracyStep step, IReadOnlyList<(ScaleSite Site, double[] Scales)> chosen)
    {
        _sites[step] = chosen.ToDictionary(pair => pair.Site.Name, pair => pair.Scales, StringComparer.Ordinal);
        foreach (var (site, scales) in chosen)
        {
            foreach (var (value, places) in site.Values)
                _values[value.Name] = new(step, places.Axis, Array.ConvertAll(ScaleSite.At(places.Variables, scales), scale => (float)scale));
        }
    }

    /// <summary>Null for a site that stays as it is.</summary>
    internal double[]? Of(ScaleSite site) => _sites[site.Step].GetValueOrDefault(site.Name);

    /// <summary>What a value was divided by; null for one that was not.</summary>
    internal ScaledValue? Of(Value value) => _values.GetValueOrDefault(value.Name);
}

/// <summary>A value that was divided by a scale for each channel.</summary>
/// <param name="Step">By which step.</param>
/// <param name="Axis">Of the channels.</param>
/// <param name="Scales">One for each channel.</param>
internal sealed record ScaledValue(AccuracyStep Step, int Axis, float[] Scales);
