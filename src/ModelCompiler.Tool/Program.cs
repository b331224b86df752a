using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text;
using ModelCompiler.Tool.Commands;
using ModelCompiler.Tool.Output;

namespace ModelCompiler.Tool;

/// <summary><c>modelc</c>: the commands, and what a wrong use of them prints.</summary>
internal static class Program
{
    // In the order of the help. Each is made only when it is needed, since making all of them delays every start.
    private static readonly (string Name, Func<Command> Create)[] Commands =
    [
        ("inspect", InspectCommand.Create),
        ("compile", CompileCommand.Create),
        ("accept", AcceptCommand.Create),
        ("evaluate", EvaluateCommand.Create),
        ("bench", BenchCommand.Create),
        ("profiles", ProfilesCommand.Create),
        ("explain", ExplainCommand.Create),
        ("doctor", DoctorCommand.Create),
        ("build", BuildCommand.Create),
        (MeasureMemoryCommand.Name, MeasureMemoryCommand.Create),
    ];

    private static int Main(string[] arguments)
    {
        // A redirected console of Windows has another encoding; the build reads UTF-8.
        if (OperatingSystem.IsWindows())
            System.Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var parsed = Root(arguments).Parse(arguments);
        return parsed.Action is ParseErrorAction
            ? WrongUsage.Report(parsed)
            : parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>The root with the command that is named; with all of them where none is, for help and for wrong usage.</summary>
    private static RootCommand Root(string[] arguments)
    {
        var root = new RootCommand("Compiles ONNX models for the hardware they run on, and measures what that changed.");
        if (arguments is [var name, ..] && Array.Find(Commands, command => command.Name == name) is { Create: { } create })
            root.Add(create());
        else
            Array.ForEach(Commands, command => root.Add(command.Create()));
        return root;
    }
}
