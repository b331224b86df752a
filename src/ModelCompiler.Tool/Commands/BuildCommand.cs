using System.CommandLine;
using ModelCompiler.Caching;
using ModelCompiler.Contract;
using ModelCompiler.Tool.Build;
using ModelCompiler.Tool.Output;

namespace ModelCompiler.Tool.Commands;

/// <summary><c>modelc build</c>: all models of a project for all their profiles, in one process. The build calls it.</summary>
internal static class BuildCommand
{
    public static Command Create()
    {
        var request = new Option<string>("--request") { Description = "The build's request, a JSON file.", HelpName = "file.json", Required = true };
        var command = new Command("build", "Compiles all models of a build request.") { request };
        command.SetAction(parsed => CommandRunner.Run(isJson: false, output => Run(parsed.GetRequiredValue(request), output)));
        return command;
    }

    private static void Run(string path, CommandOutput output)
    {
        var request = BuildRequestFile.Read(path);
        NativeLibraryFolders.Use(request.NativePaths);
        var remote = request.RemoteCache is { } address ? RemoteCacheAddress.Parse(address, request.RemoteCacheUpload) : null;
        foreach (var model in request.Models)
        {
            foreach (var profile in model.Profiles)
                ModelBuild.Run(model, profile, request, remote, output);
        }
    }
}
