namespace ModelCompiler;

/// <summary>The engine that runs a model now, and the way down from it when it fails: each step without the provider that was to blame.</summary>
internal sealed class EngineLadder : IDisposable
{
    private readonly string _model;
    private readonly EngineChain _chain;
    private readonly Action<SkippedProvider>? _notify;
    private readonly Lock _lock = new();
    private readonly List<Engine> _opened = [];
    private readonly List<SkippedProvider> _skipped = [];
    private volatile Engine _current;

    public EngineLadder(string model, EngineChain chain, Action<SkippedProvider>? notify)
    {
        _model = model;
        _chain = chain;
        _notify = notify;
        _current = Opened(chain.First());
        Note(_current.Skipped);
    }

    public Engine Current => _current;

    public ExecutionReport Report()
    {
        lock (_lock)
            return new(_current.Choice.File.Path ?? "bytes", _current.Choice.Profile?.Name, _current.Providers, [.. _skipped]) { Shares = _current.Shares };
    }

    /// <summary>The engine that takes over where another one fails; null where there is none.</summary>
    public Engine? After(Engine engine)
    {
        lock (_lock)
        {
            var position = _opened.IndexOf(engine);
            if (position < _opened.Count - 1)
                return _opened[position + 1];
            return _chain.After(engine) is { } next ? Opened(next) : null;
        }
    }

    /// <summary>Judges the engines that failed by the one that did the work: where it met the same, the input is to blame and not they.</summary>
    /// <param name="doubts">In the order in which they were tried.</param>
    /// <param name="notFinite">Whether its answer is not finite either.</param>
    public void Settle(IReadOnlyList<EngineDoubt> doubts, bool notFinite)
    {
        var (failed, given) = (new List<string>(), new List<SkippedProvider>());
        lock (_lock)
        {
            foreach (var doubt in doubts)
            {
                if (doubt.NotFinite && notFinite)
                {
                    doubt.Engine.IsSuspectWhenNotFinite = false;
                    break;
                }

                if (doubt.Engine != _current)
                    continue; // another thread has given it up already
                var next = _opened[_opened.IndexOf(doubt.Engine) + 1];
                failed.Add(doubt.Engine.Preferred);
                given.Add(new(doubt.Engine.Preferred, doubt.Reason));
                given.AddRange(next.Skipped);
                _current = next;
            }

            _skipped.AddRange(given);
        }

        given.ForEach(skipped => _notify?.Invoke(skipped));
        failed.ForEach(provider => ModelTelemetry.FellBack(_model, provider));
    }

    public void Dispose()
    {
        foreach (var engine in _opened)
            engine.Dispose();
    }

    private Engine Opened(Engine engine)
    {
        _opened.Add(engine);
        return engine;
    }

    private void Note(IReadOnlyList<SkippedProvider> skipped)
    {
        _skipped.AddRange(skipped);
        foreach (var provider in skipped)
            _notify?.Invoke(provider);
    }
}
