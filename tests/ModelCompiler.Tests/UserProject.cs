namespace ModelCompiler.Tests;

/// <summary>A project as a user would have it: a folder outside the repository, a project file, a package reference.</summary>
internal sealed class UserProject : IDisposable
{
    /// <summary>The property for tests that are about files and not about what is in them.</summary>
    public const string PassThrough = "<ModelCompilerOptimize>false</ModelCompilerOptimize>";

    private readonly PackageFeed _package;
    private readonly string _name;

    /// <param name="package">The package that it uses.</param>
    /// <param name="name">Name of the project and its root namespace.</param>
    /// <param name="folder">Where the project lies, below a folder of its own; the project's name where it does not matter.</param>
    public UserProject(PackageFeed package, string name = "App", string? folder = null)
    {
        (_package, _name) = (package, name);
        Folder = Directory.CreateDirectory(Path.Combine(Root.FullName, folder ?? name)).FullName;
        File.WriteAllText(Path.Combine(Root.FullName, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="package" value="{package.Feed}" />
                <add key="onnxruntime" value="{Path.Combine(Repository.Root, "artifacts", "feed")}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="machine" value="{MachinePackages}" />
              </fallbackPackageFolders>
            </configuration>
            """);
    }

    private UserProject(UserProject sibling, string name)
    {
        (_package, _name, Root) = (sibling._package, name, sibling.Root);
        Folder = Directory.CreateDirectory(Path.Combine(Root.FullName, name)).FullName;
    }

    public DirectoryInfo Root { get; } = Directory.CreateTempSubdirectory("modelcompiler-app");

    /// <summary>The project file.</summary>
    public string ProjectFile => Path.Combine(Folder, $"{_name}.csproj");

    public string Folder { get; }

    /// <summary>The models in the build's output, by file name.</summary>
    public IReadOnlyList<string> BuiltModels => FilesUnder("bin");

    /// <summary>The models among the intermediate files, by file name.</summary>
    public IReadOnlyList<string> IntermediateModels => FilesUnder("obj");

    /// <summary>The models that the build says it wrote, by file name: what it would delete if it did not say so.</summary>
    public IReadOnlyList<string> FileWrites =>
    [
        .. File.ReadAllLines(Path.Combine(Folder, "obj", "Debug", "net10.0", $"{_name}.csproj.FileListAbsolute.txt"))
            .Where(file => file.EndsWith(".onnx", StringComparison.Ordinal)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal),
    ];

    private static string MachinePackages =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public void Dispose()
    {
        if (Directory.Exists(Root.FullName))
            Root.Delete(recursive: true);
    }

    /// <summary>Another project of the same solution.</summary>
    public UserProject Sibling(string name) => new(this, name);

    /// <summary>Writes the project file with these items.</summary>
    public UserProject With(string items, string properties = "") =>
        WithoutPackage($"""<PackageReference Include="ModelCompiler" Version="{PackageFeed.Version}" />{items}""", properties);

    /// <summary>The same for a project that gets the package by another one, if at all.</summary>
    public UserProject WithoutPackage(string items, string properties = "")
    {
        Write($"{_name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {items}
              </ItemGroup>
            </Project>
            """);
        return this;
    }

    /// <summary>Adds a place in which packages are looked for.</summary>
    public void AddSource(string folder)
    {
        var config = Path.Combine(Root.FullName, "nuget.config");
        File.WriteAllText(config, File.ReadAllText(config).Replace("</packageSources>", $"""<add key="{Path.GetFileName(folder)}" value="{folder}" /></packageSources>""", StringComparison.Ordinal));
    }

    public UserProject Write(string name, string content) => Write(name, System.Text.Encoding.UTF8.GetBytes(content));

    public UserProject Write(string name, byte[] content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return this;
    }

    /// <summary>Copies the digit reader's model, without or with what lies beside it.</summary>
    public UserProject WithDigits(string name = "digits.onnx") =>
        Write(name, File.ReadAllBytes(Path.Combine(Repository.DigitModels, "digits.onnx")));

    public UserProject WithDigitsAndSidecar()
    {
        foreach (var name in new[] { "digits.model.json", "digits.labels.txt" })
            Write(name, File.ReadAllBytes(Path.Combine(Repository.DigitModels, name)));
        return WithDigits();
    }

    /// <summary>Writes samples for the digit reader: noise, so that each file is another one.</summary>
    public UserProject WithSamples(string folder, int count = 4)
    {
        for (var i = 0; i < count; i++)
            WithSample($"{folder}/test_data_set_{i}", i);
        return this;
    }

    /// <summary>A TensorProto of float32 [1,1,28,28]: dims, data_type and raw_data.</summary>
    public UserProject WithSample(string folder, int seed)
    {
        var random = new Random(seed);
        byte[] numbers = [.. Enumerable.Range(0, 28 * 28).SelectMany(_ => BitConverter.GetBytes(random.NextSingle()))];
        return Write($"{folder}/input_0.pb", [0x08, 1, 0x08, 1, 0x08, 28, 0x08, 28, 0x10, 1, 0x4A, (byte)(0x80 | (numbers.Length & 0x7F)), (byte)(numbers.Length >> 7), .. numbers]);
    }

    /// <summary>Runs <c>dotnet</c> in the project's folder.</summary>
    public DotNetResult Run(params string[] arguments) => DotNet.Run(Folder, _package.Packages, arguments);

    /// <summary>The same with an environment of its own; null takes a variable away.</summary>
    public DotNetResult Run(IReadOnlyDictionary<string, string?> environment, params string[] arguments) => DotNet.Run(Folder, _package.Packages, environment, arguments);

    /// <summary>Starts <c>dotnet</c> and lets it run.</summary>
    public RunningDotNet Start(IReadOnlyDictionary<string, string?> environment, params string[] arguments) => new(DotNet.StartInfo("dotnet", Folder, _package.Packages, environment, arguments));

    public DotNetResult Build() => Run("build", "--nologo", "-v:n", "-tl:off");

    /// <summary>Runs what was built.</summary>
    public DotNetResult RunApp(string folder = "bin/Debug/net10.0") => Run(Path.Combine(Folder, folder, $"{_name}.dll"));

    /// <summary>Builds without asking again for packages that are there.</summary>
    public DotNetResult BuildRestored(params string[] arguments) => Run(["build", "--nologo", "--no-restore", "-v:n", "-tl:off", .. arguments]);

    private List<string> FilesUnder(string folder)
    {
        var path = Path.Combine(Folder, folder);
        return !Directory.Exists(path) ? [] :
        [
            .. Directory.EnumerateFiles(path, "*.onnx", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal),
        ];
    }
}
