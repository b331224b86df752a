using System.Globalization;
using ModelCompiler.Contract;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Passes;

/// <summary>The least and greatest number of each channel over all samples and positions.</summary>
/// <param name="axis">The axis of the channels; negative counts from the last.</param>
internal sealed class ChannelRanges(int axis) : IStoredObserver
{
    private ValueRange[] _ranges = [];
    private bool _unusable;

    /// <summary>Null where nothing was observed, or not always the same number of channels.</summary>
    public ValueRange[]? Result => _unusable || _ranges.Length == 0 ? null : _ranges;

    public void Observe(Tensor sample)
    {
        if (sample.Count == 0)
            return;
        _unusable |= sample.Type != ElementType.Float32 || sample.Rank < Math.Max(axis + 1, -axis);
        if (_unusable)
            return;
        var layout = ChannelLayout.Of(sample.Dims, axis < 0 ? axis + sample.Rank : axis);
        if (_ranges.Length == 0)
            Array.Fill(_ranges = new ValueRange[layout.Channels], new ValueRange(double.PositiveInfinity, double.NegativeInfinity));
        _unusable |= _ranges.Length != layout.Channels;
        if (!_unusable)
            Add(sample.Span<float>(), layout);
    }

    public string Kind => string.Create(CultureInfo.InvariantCulture, $"ranges along {axis}");

    public void Save(BinaryWriter writer)
    {
        writer.Write(_unusable);
        writer.WriteDoubles([.. _ranges.SelectMany(range => new[] { range.Min, range.Max })]);
    }

    public void Load(BinaryReader reader)
    {
        _unusable = reader.ReadBoolean();
        _ranges = [.. reader.ReadDoubles().Chunk(2).Select(ends => new ValueRange(ends[0], ends[1]))];
    }

    private void Add(ReadOnlySpan<float> floats, ChannelLayout layout)
    {
        for (var outer = 0; outer < layout.Outer; outer++)
        {
            for (var channel = 0; channel < layout.Channels; channel++)
            {
                var values = floats.Slice(layout.Start(outer, channel), layout.Inner);
                _ranges[channel] = _ranges[channel].Union(ValueRange.Of(values));
            }
        }
    }
}
