using ModelCompiler.Caching;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>
/// Shows samples to observers once: what they kept of the same samples in the same model is taken from a store the next time, by another profile or another
/// compile.
/// </summary>
/// <param name="calibration">Runs the samples where they have to be run.</param>
/// <param name="store">Holds what observers kept.</param>
/// <param name="data">Identifies the samples and all that they are made with, where that can be told; asked for when it is needed.</param>
internal sealed class CachedCalibration(ICalibration calibration, ContentStore store, Func<string?> data) : ICalibration
{
    private readonly Lazy<string?> _data = new(data);

    /// <summary>False for samples of which nothing should be kept, as became clear while they ran.</summary>
    public Func<bool> AreWorthKeeping { get; init; } = () => true;

    /// <summary>Called where nothing had to be run.</summary>
    public Action Found { get; init; } = () => { };

    public bool IsTypical => calibration.IsTypical;

    public void Observe(Model model, IReadOnlyDictionary<Value, IReadOnlyList<IActivationObserver>> observers)
    {
        var stored = observers.OrderBy(pair => pair.Key.Name, StringComparer.Ordinal).SelectMany(pair => pair.Value.Select(observer => (pair.Key, Observer: observer as IStoredObserver))).ToArray();
        if (stored.Length == 0 || Array.Exists(stored, pair => pair.Observer is null) || _data.Value is not { } samples)
        {
            calibration.Observe(model, observers);
            return;
        }

        var key = KeyOf(model, samples, [.. stored.Select(pair => $"{pair.Key.Name}\n{pair.Observer!.Kind}")]);
        if (Load(key, stored.Select(pair => pair.Observer!)))
        {
            Found();
            return;
        }

        calibration.Observe(model, observers);
        if (AreWorthKeeping())
            store.Put(key, file => Save(file, stored.Select(pair => pair.Observer!)));
    }

    public IReferenceOutputs OutputsOf(Model model) => calibration.OutputsOf(model);

    /// <summary>A few samples take no time that would be worth keeping anything.</summary>
    public ICalibration FewOf(int part, int parts) => calibration.FewOf(part, parts);

    private static string KeyOf(Model model, string samples, IReadOnlyList<string> observers)
    {
        using var key = new ContentKey();
        key.Add(Toolchain.Identity).Add(samples).Add(observers.Count);
        foreach (var observer in observers)
            key.Add(observer);
        return ModelKey.AddTo(key, model).Finish();
    }

    private bool Load(string key, IEnumerable<IStoredObserver> observers)
    {
        using var file = store.Open(key);
        if (file is null)
            return false;
        using var reader = new BinaryReader(file);
        foreach (var observer in observers)
            observer.Load(reader);
        return true;
    }

    private static void Save(Stream file, IEnumerable<IStoredObserver> observers)
    {
        using var writer = new BinaryWriter(file, System.Text.Encoding.UTF8, leaveOpen: true);
        foreach (var observer in observers)
            observer.Save(writer);
    }
}
