using System.CommandLine;
using System.Globalization;
using ModelCompiler.Evaluation.Memory;
using ModelCompiler.Tool.Build;
using ModelCompiler.Tool.Output;

namespace ModelCompiler.Tool.Commands;

/// <summary><c>modelc measure-memory</c>: reads a request from the input and prints how many bytes a model takes of this process. A compile starts it; people have <c>bench</c>.</summary>
internal static class MeasureMemoryCommand
{
    public const string Name = "measure-memory";

    public static Command Create()
    {
        var command = new Command(Name, "Measures the memory that one model takes.") { Hidden = true };
        command.SetAction(_ => CommandRunner.Run(isJson: false, _ => Run()));
        return command;
    }

    private static void Run()
    {
        var request = MemoryRequest.Parse(Console.In.ReadToEnd());
        NativeLibraryFolders.Use(request.NativePaths);
        Console.Out.WriteLine(OwnMemory.AddedBy(request)?.ToString(CultureInfo.InvariantCulture) ?? "");
    }
}
