namespace OnnxRuntimeFeed;

/// <summary>Turns an unpacked archive into a NuGet package.</summary>
internal static class Packer
{
    public static FileInfo Pack(PackageRequest package, NpmArchive archive, DirectoryInfo recipes, DirectoryInfo workFolder)
    {
        var work = workFolder.CreateSubdirectory("pack");
        var result = ChildProcess.Run(
            ChildProcess.DotNet, work, "pack", Path.Combine(recipes.FullName, $"{package.Id}.csproj"), "-c", "Release", "-v:q", "-nologo",
            "--artifacts-path", work.FullName, "--disable-build-servers", "-nodeReuse:false",
            $"-p:Source={archive.Content}", $"-p:PackageVersion={package.PackedVersion}", $"-p:Version={package.PackedVersion}");
        if (!result.Succeeded)
            throw new FeedException($"{package.Id} could not be packed: {result.Reason}");

        return work.GetFiles(package.PackageFile, SearchOption.AllDirectories).Single();
    }
}
