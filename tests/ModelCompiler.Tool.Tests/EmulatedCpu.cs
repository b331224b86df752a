namespace ModelCompiler.Tests;

/// <summary>Runs <c>modelc</c> as on a processor with AVX2 and nothing later, so without VNNI, through QEMU's user-mode emulation.</summary>
internal static class EmulatedCpu
{
    private const string Emulator = "qemu-x86_64-static";

    /// <summary>The running test is skipped where the emulator is not installed.</summary>
    public static ModelcRun Run(params IEnumerable<string> arguments)
    {
        var path = Find(Emulator);
        Assert.SkipUnless(OperatingSystem.IsLinux() && path is not null, $"{Emulator} is not installed (on Debian: the package qemu-user-static)");
        // Instructions of the host that the emulator lacks are warned of on stderr, where the tool's own messages are looked for only on failure.
        // The emulator crashes now and then on code that .NET maps twice, replaces while it runs, or stops to collect memory: all of that can be turned off.
        return Modelc.RunBehind([path!, "-cpu", "Haswell", Host()], arguments, ("DOTNET_EnableWriteXorExecute", "0"), ("DOTNET_TieredCompilation", "0"), ("DOTNET_gcConcurrent", "0"));
    }

    /// <summary>The emulator wants the program itself, not a link to it.</summary>
    private static string Host()
    {
        var found = Find("dotnet").ShouldNotBeNull();
        return File.ResolveLinkTarget(found, returnFinalTarget: true)?.FullName ?? found;
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
