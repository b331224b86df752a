namespace OnnxRuntimeFeed;

/// <summary>The feeds that this machine's NuGet configuration names.</summary>
internal static class PublicFeed
{
    /// <summary>Asks by restoring an empty project that wants exactly the official version.</summary>
    public static bool Offers(PackageRequest package, DirectoryInfo workFolder)
    {
        var folder = workFolder.CreateSubdirectory("probe");
        var project = Path.Combine(folder.FullName, "probe.csproj");
        foreach (var shield in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            File.WriteAllText(Path.Combine(folder.FullName, shield), "<Project />");
        File.WriteAllText(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net{Environment.Version.Major}.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageDownload Include="{package.Id}" Version="[{package.Version}]" /></ItemGroup>
            </Project>
            """);

        return ChildProcess.Run(ChildProcess.DotNet, folder, "restore", project, "-v:q", "-nodeReuse:false").Succeeded;
    }
}
