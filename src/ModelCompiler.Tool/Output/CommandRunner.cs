using ModelCompiler.Contract;

namespace ModelCompiler.Tool.Output;

/// <summary>Runs the body of a command and turns its outcome into an exit code.</summary>
internal static class CommandRunner
{
    /// <returns>0, or 1 when a diagnostic of severity error was printed.</returns>
    public static int Run(bool isJson, Action<CommandOutput> command)
    {
        var output = new CommandOutput(isJson);
        try
        {
            command(output);
        }
        catch (DiagnosticException exception)
        {
            Fail(output, exception.Diagnostic);
        }
        catch (Exception exception)
        {
            Fail(output, InternalError.Of(exception));
        }

        return output.HasErrors ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static void Fail(CommandOutput output, ModelDiagnostic diagnostic)
    {
        output.Report(diagnostic);
        if (output is { IsJson: true, HasResult: false })
            output.Result(() => FailureJson.Write([diagnostic]), () => { });
    }
}
