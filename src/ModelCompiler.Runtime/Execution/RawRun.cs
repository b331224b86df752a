using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler;

/// <summary>A run over values that ONNX Runtime keeps, of any kind.</summary>
internal static class RawRun
{
    public static IDisposableReadOnlyCollection<OrtValue> Invoke(ModelSession session, IReadOnlyList<OrtValue> inputs, CancellationToken cancellationToken)
    {
        var model = session.Definition;
        if (inputs.Count != model.Inputs.Count)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The model '{model.Name}' has {model.Inputs.Count} inputs ({string.Join(", ", model.Inputs)}), but {inputs.Count} values were given."), nameof(inputs));
        }

        cancellationToken.ThrowIfCancellationRequested();
        var measured = ModelTelemetry.StartRun(model);
        var engine = session.Engines.Current;
        try
        {
            var doubts = new List<EngineDoubt>();
            while (true)
            {
                try
                {
                    var results = Invoke(engine, model, inputs, cancellationToken);
                    session.Engines.Settle(doubts, notFinite: false);
                    measured.Succeeded(engine);
                    return results;
                }
                catch (OnnxRuntimeException error) when (session.Engines.After(engine) is not null)
                {
                    doubts.Add(EngineDoubt.Failed(engine, error));
                    engine = session.Engines.After(engine)!;
                }
            }
        }
        catch (Exception error)
        {
            measured.Failed(engine, error);
            throw;
        }
    }

    private static IDisposableReadOnlyCollection<OrtValue> Invoke(Engine engine, ModelDefinition model, IReadOnlyList<OrtValue> inputs, CancellationToken cancellationToken)
    {
        using var options = new RunOptions();
        try
        {
            using (cancellationToken.UnsafeRegister(static state => ((RunOptions)state!).Terminate = true, options))
                return engine.Session.Run(options, [.. model.Inputs.Select(input => input.Name)], inputs, [.. model.Outputs.Select(output => output.Name)]);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }
}
