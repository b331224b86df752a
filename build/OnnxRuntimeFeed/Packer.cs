namespace OnnxRuntimeFeed;

/// <summary>Turns an unpacked archive into a NuGet package.</summary>
internal static class Packer
{
    public static FileInfo Pack(PackageRequest request, NpmArchive archive)
    {
        var work = new DirectoryInfo(archive.Content).Parent!.CreateSubdirectory("pack");
        var result = ChildProcess.Run(
            ChildProcess.DotNet, work, "pack", request.Recipe.FullName, "-c", "Release", "-v:q", "-nologo",
            "--artifacts-path", work.FullName, "--disable-build-servers", "-nodeReuse:false",
            $"-p:Source={archive.Content}", $"-p:PackageVersion={request.PackedVersion}", $"-p:Version={request.PackedVersion}");
        if (!result.Succeeded)
            throw new FeedException($"{request.Id} could not be packed: {result.Reason}");

        return work.GetFiles(request.PackageFile, SearchOption.AllDirectories).Single();
    }
}
