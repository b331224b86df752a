using System.ComponentModel;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace OnnxRuntimeFeed;

/// <summary>A package of the npm registry, fetched by the npm client, verified and unpacked.</summary>
internal sealed class NpmArchive
{
    /// <summary>Of no use in a desktop or server package, and four fifths of the bytes.</summary>
    private static readonly string[] LeftOut = ["package/Plugins/iOS~/", "package/Plugins/Android/"];

    private readonly DirectoryInfo _folder;

    private NpmArchive(DirectoryInfo folder) => _folder = folder;

    /// <summary>The folder that holds the unpacked files.</summary>
    public string Content => Path.Combine(_folder.FullName, "package");

    public static NpmArchive Fetch(PackageRequest package, DirectoryInfo workFolder)
    {
        var folder = workFolder.CreateSubdirectory("npm");
        var file = Download(package, folder);
        Verify(file, package);
        Unpack(file, folder);
        file.Delete();
        return new(folder);
    }

    private static FileInfo Download(PackageRequest package, DirectoryInfo folder)
    {
        var result = RunNpm(package, folder);
        if (!result.Succeeded)
            throw new FeedException($"npm could not fetch {package.Archive}: {result.Reason} Check the network and npm's registry setting, then build again.");

        return folder.GetFiles("*.tgz").Single();
    }

    private static ProcessResult RunNpm(PackageRequest package, DirectoryInfo folder)
    {
        try
        {
            return ChildProcess.Run(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", folder, "pack", package.Archive);
        }
        catch (Win32Exception)
        {
            throw new FeedException(
                $"npm was not found, and no NuGet feed here has {package.Id} {package.Version}. "
                + "Install Node.js, which brings npm, or add a feed that has the package to nuget.config, then build again.");
        }
    }

    private static void Verify(FileInfo file, PackageRequest package)
    {
        using var stream = file.OpenRead();
        if (!string.Equals(Convert.ToBase64String(SHA512.HashData(stream)), package.Sha512, StringComparison.Ordinal))
            throw new FeedException($"{package.Archive} is not the archive that build/OnnxRuntimeFeed.proj names (its SHA-512 differs). Nothing was used from it.");
    }

    private static void Unpack(FileInfo file, DirectoryInfo folder)
    {
        using var stream = new GZipStream(file.OpenRead(), CompressionMode.Decompress);
        using var tar = new TarReader(stream);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || Array.Exists(LeftOut, entry.Name.StartsWith))
                continue;

            var target = Path.Combine(folder.FullName, entry.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            entry.ExtractToFile(target, overwrite: false);
        }
    }
}
