namespace ModelCompiler.Tests;

/// <summary>A project as a user would have it: a folder outside the repository, a project file, a package reference.</summary>
internal sealed class UserProject : IDisposable
{
    /// <summary>The property for tests that are about files and not about what is in them.</summary>
    public const string PassThrough = "<ModelCompilerOptimize>false</ModelCompilerOptimize>";

    private readonly PackageFeed _package;
    private readonly string _name;

    public UserProject(PackageFeed package, string name = "App")
    {
        (_package, _name) = (package, name);
        Folder = Directory.CreateDirectory(Path.Combine(Root.FullName, name)).FullName;
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
    public UserProject With(string items, string properties = "")
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
                <PackageReference Include="ModelCompiler" Version="{PackageFeed.Version}" />
                {items}
              </ItemGroup>
            </Project>
            """);
        return this;
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

    /// <summary>Runs <c>dotnet</c> in the project's folder.</summary>
    public DotNetResult Run(params string[] arguments) => DotNet.Run(Folder, _package.Packages, arguments);

    public DotNetResult Build() => Run("build", "--nologo", "-v:n", "-tl:off");

    private List<string> FilesUnder(string folder)
    {
        var path = Path.Combine(Folder, folder);
        return !Directory.Exists(path) ? [] :
        [
            .. Directory.EnumerateFiles(path, "*.onnx", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal),
        ];
    }
}
