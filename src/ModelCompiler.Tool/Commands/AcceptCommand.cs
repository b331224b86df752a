using System.CommandLine;
using ModelCompiler.Compilation;
using ModelCompiler.Compilation.Locks;
using ModelCompiler.Contract;
using ModelCompiler.Tool.Output;
using ModelCompiler.Tool.Progress;

namespace ModelCompiler.Tool.Commands;

/// <summary><c>modelc accept</c>: compiles as <c>modelc compile</c> does, and writes what came of it into the model's lock, by which later compiles are judged.</summary>
internal static class AcceptCommand
{
    public static Command Create()
    {
        var model = Symbols.Model();
        var profiles = new Option<string[]>("--profile") { Description = $"{Symbols.ProfileDescription} May be given several times.", HelpName = "name|file", Required = true };
        var json = Symbols.Json();
        var wishes = new CompileWishes();
        var command = new Command("accept", "Compiles a model and writes what came of it into the lock beside it.") { model, profiles, json };
        wishes.AddTo(command);
        command.SetAction(parsed => CommandRunner.Run(
            parsed.GetValue(json),
            output => Run(parsed.GetRequiredValue(model), parsed.GetRequiredValue(profiles), wishes.Read(parsed), output)));
        return command;
    }

    private static void Run(string model, IReadOnlyList<string> profiles, CompileOptions wishes, CommandOutput output)
    {
        var compiled = new List<AcceptedCompile>();
        var folder = Directory.CreateTempSubdirectory("modelcompiler-");
        try
        {
            foreach (var profile in profiles)
                compiled.Add(Accept(CommandLineJob.Of(model, profile, folder.FullName, wishes), output));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        if (output.IsJson)
            output.Result(() => Json(compiled), () => { });
    }

    private static AcceptedCompile Accept(CompileJob job, CommandOutput output)
    {
        var compiled = ProgressDisplay.Run(output, progress => LockedCompilation.Accept(job, progress));
        output.Report(compiled.Result.Diagnostics);
        if (compiled.Lock is { } accepted && !output.IsJson)
            Console.Out.WriteLine($"{job.Name} → {job.Profile.Name}: {LockText.Of(accepted)}");
        return compiled;
    }

    /// <summary>The lock; what went wrong where not all of it was accepted.</summary>
    private static string Json(IReadOnlyList<AcceptedCompile> compiled) =>
        compiled.All(each => each.Lock is not null) ? ModelLockFile.Write(compiled[^1].Lock!.Content) : FailureJson.Write(compiled.SelectMany(each => each.Result.Diagnostics));
}
