using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler;

/// <summary>
/// All ways to run a model on this device, from the best to the one that always works: the files that fit, each with the providers of its profile, then with one less, at last with
/// the CPU alone. A file for a neural processor or GPU runs on the CPU too, but slower than what was compiled for the CPU: where none of its providers can be had, the next file
/// is taken, and the last one in any case.
/// </summary>
internal sealed class EngineChain(ModelDefinition definition, IReadOnlyList<EngineChoice> choices, Action<SessionOptions> configure, SessionBackend backend)
{
    /// <summary>The best engine that can be had.</summary>
    /// <exception cref="ModelLoadException">Not even the CPU can run the model, or it is another model.</exception>
    public Engine First() => Open(0, choices[0].Accelerators);

    /// <summary>The best engine without the provider that another one prefers; null where that is none but the CPU.</summary>
    /// <exception cref="ModelLoadException">Not even the CPU can run the model.</exception>
    public Engine? After(Engine engine) =>
        engine.Accelerators.Count == 0 ? null : Open(Position(engine.Choice), [.. engine.Accelerators.Skip(1)]);

    private int Position(EngineChoice choice) => choices.TakeWhile(other => other != choice).Count();

    private Engine Open(int position, IReadOnlyList<ExecutionProvider> wanted)
    {
        var skipped = new List<SkippedProvider>();
        while (true)
        {
            var choice = choices[position];
            if (wanted.Count == 0 && choice.Accelerators.Count > 0 && position < choices.Count - 1)
            {
                wanted = choices[++position].Accelerators;
                continue;
            }

            using var options = Options(choice.Profile);
            var accelerators = Append(options, wanted, skipped);
            if (accelerators.Count == 0 && wanted.Count > 0)
            {
                wanted = [];
                continue;
            }

            try
            {
                return Checked(new Engine(Session(choice, options), choice, accelerators, skipped, backend));
            }
            catch (OnnxRuntimeException error) when (accelerators.Count > 0)
            {
                skipped.Add(new SkippedProvider(accelerators[0].Name, error.Message));
                wanted = [.. accelerators.Skip(1)];
            }
            catch (OnnxRuntimeException error)
            {
                throw new ModelLoadException($"ONNX Runtime cannot load {NameOf(choice.File)}: {error.Message}", error);
            }
        }
    }

    private static SessionOptions Options(ModelProfile? profile)
    {
        var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        SessionSettings.Apply(options, profile);
        return options;
    }

    /// <summary>Adds the providers that are there.</summary>
    private List<ExecutionProvider> Append(SessionOptions options, IReadOnlyList<ExecutionProvider> wanted, List<SkippedProvider> skipped)
    {
        var added = new List<ExecutionProvider>();
        foreach (var provider in wanted)
        {
            try
            {
                backend.Append(options, provider);
                added.Add(provider);
            }
            catch (Exception error) when (error is OnnxRuntimeException or NotSupportedException or EntryPointNotFoundException or DllNotFoundException)
            {
                skipped.Add(new SkippedProvider(provider.Name, error.Message));
            }
        }

        if (added.Count > 0)
            PlacementProbe.Enable(options);
        return added;
    }

    private InferenceSession Session(EngineChoice choice, SessionOptions options)
    {
        configure(options);
        return ModelContent.Open(choice, NameOf(choice.File), options);
    }

    private Engine Checked(Engine engine)
    {
        try
        {
            SignatureCheck.Throw(definition, engine.Session, NameOf(engine.Choice.File));
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    private string NameOf(ModelSource file) => file.Path is { } path ? $"'{path}'" : $"the bytes given for '{definition.Name}'";
}
