using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text;
using ModelCompiler.Tool.Commands;
using ModelCompiler.Tool.Output;

namespace ModelCompiler.Tool;

/// <summary><c>modelc</c>: the commands, and what a wrong use of them prints.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        // A redirected console of Windows has another encoding; the build reads UTF-8.
        if (OperatingSystem.IsWindows())
            System.Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var parsed = AllCommands().Parse(arguments);
        return parsed.Action is ParseErrorAction
            ? WrongUsage.Report(parsed)
            : parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static RootCommand AllCommands() => new("Compiles ONNX models for the hardware they run on, and measures what that changed.")
    {
        InspectCommand.Create(),
        CompileCommand.Create(),
        EvaluateCommand.Create(),
        BenchCommand.Create(),
        ProfilesCommand.Create(),
        ExplainCommand.Create(),
        DoctorCommand.Create(),
        BuildCommand.Create(),
    };
}
