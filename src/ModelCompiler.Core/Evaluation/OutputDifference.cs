using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation;

/// <summary>Adds up, sample by sample, how far one output is from the original's; holds sums, never samples.</summary>
internal sealed class OutputDifference(string name)
{
    private double _signal;
    private double _noise;
    private double _largest;
    private double _largestError;
    private long _elements;
    private long _unequal;
    private long _unmatched;
    private long _compared;
    private int _samplesWithoutNumbers;
    private long _rows;
    private long _rowsAgreeing;
    private double _lost;
    private bool _isFloat;
    private bool _hasScores = true;

    /// <exception cref="DiagnosticException">MC3001: the output has another shape or kind of elements.</exception>
    public void Add(Tensor original, Tensor compiled)
    {
        var bothFloat = original.Type.IsFloatingPoint() && compiled.Type.IsFloatingPoint();
        if (!original.Dims.SequenceEqual(compiled.Dims) || (!bothFloat && original.Type != compiled.Type))
            throw new DiagnosticException(DiagnosticRules.OutputsDiffer.Create(null, $"the output '{name}' is {compiled} instead of {original}"));

        _elements += original.Count;
        if (bothFloat)
            AddFloats(original, compiled);
        else
            AddExact(original, compiled);
    }

    public OutputFidelity Result() => new(name)
    {
        Elements = _elements,
        SqnrDb = _compared > 0 ? Decibels() : null,
        MaxAbsError = _compared > 0 ? _largestError : null,
        MaxRelativeError = _compared == 0 ? null : _largest > 0 ? _largestError / _largest : _largestError,
        SamplesWithoutNumbers = _samplesWithoutNumbers,
        Unmatched = _unmatched,
        Unequal = _unequal,
        Top1Agreement = _isFloat && _hasScores && _rows > 0 ? (double)_rowsAgreeing / _rows : null,
        ExpectedTop1Drop = _isFloat && _hasScores && _rows > 0 ? _lost / _rows : null,
    };

    private void AddFloats(Tensor original, Tensor compiled)
    {
        _isFloat = true;
        var expected = original.ToFloats();
        var actual = compiled.ToFloats();
        for (var i = 0; i < expected.Length; i++)
            AddPair(expected[i], actual[i]);
        _samplesWithoutNumbers += expected.Length > 0 && !Array.Exists(expected, float.IsFinite) ? 1 : 0;
        if (expected.Length > 0)
            AddRows(original, expected, actual);
    }

    private void AddPair(float expected, float actual)
    {
        if (expected.Equals(actual))   // true for a pair of NaN, and for equal infinities
        {
            if (!float.IsFinite(expected))
                return;
            _compared++;
            AddSignal(expected);
            return;
        }

        _compared++;
        _unequal++;
        var error = Math.Abs((double)expected - actual);
        if (!double.IsFinite(error))
        {
            _unmatched++;
            _noise = double.PositiveInfinity;
            return;
        }

        AddSignal(expected);
        _noise += error * error;
        _largestError = Math.Max(_largestError, error);
    }

    private void AddSignal(float expected)
    {
        _signal += (double)expected * expected;
        _largest = Math.Max(_largest, Math.Abs((double)expected));
    }

    private void AddRows(Tensor original, float[] expected, float[] actual)
    {
        if (TopClass.Classes(original) is not { } classes)
        {
            _hasScores = false;
            return;
        }

        var wanted = TopClass.Of(expected, classes);
        var found = TopClass.Of(actual, classes);
        for (var row = 0; row < wanted.Length; row++)
        {
            if (wanted[row] == TopClass.None)
                continue;
            _rows++;
            _rowsAgreeing += wanted[row] == found[row] ? 1 : 0;
            _lost += ClassProbabilities.Lost(expected.AsSpan(row * classes, classes), wanted[row], found[row]);
        }
    }

    private void AddExact(Tensor original, Tensor compiled)
    {
        if (original.Type == ElementType.String)
        {
            _unequal += original.Strings.Zip(compiled.Strings).LongCount(pair => !pair.First.Span.SequenceEqual(pair.Second.Span));
            return;
        }

        var size = original.Type.BitWidth() / 8;
        var expected = original.Data.Span;
        var actual = compiled.Data.Span;
        for (var i = 0; i < expected.Length; i += size)
            _unequal += expected.Slice(i, size).SequenceEqual(actual.Slice(i, size)) ? 0 : 1;
    }

    /// <summary>10·log10(Σ original² / Σ difference²), within ±<see cref="OutputFidelity.ExactDb"/>.</summary>
    private double Decibels()
    {
        if (_noise == 0)
            return OutputFidelity.ExactDb;
        return Math.Clamp(10 * Math.Log10(_signal / _noise), -OutputFidelity.ExactDb, OutputFidelity.ExactDb);
    }
}
