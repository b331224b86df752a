namespace ModelCompiler.Bench;

/// <summary>An app with some copies of the digit reader's model, which are passed through: what is measured is the build and not the compiler.</summary>
internal sealed class BenchProject
{
    private readonly BenchPackage _package;
    private readonly string _folder;
    private readonly string[] _models;

    public BenchProject(BenchPackage package, string name, int models, string properties)
    {
        (_package, _folder) = (package, Path.Combine(package.Folder.FullName, name));
        _models = [.. Enumerable.Range(0, models).Select(number => Path.Combine(_folder, "models", $"net{number}.onnx"))];
        Directory.CreateDirectory(Path.Combine(_folder, "models"));
        File.WriteAllText(Path.Combine(_folder, "Program.cs"), "System.Console.WriteLine();");
        foreach (var model in _models)
            File.Copy(Path.Combine(BenchPackage.RepositoryRoot, "samples", "DigitReader", "Models", "digits.onnx"), model);
        File.WriteAllText(Path.Combine(_folder, $"{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ModelCompilerOptimize>false</ModelCompilerOptimize>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="ModelCompiler" Version="{BenchPackage.Version}" />
                <Model Include="models/*.onnx" />
              </ItemGroup>
            </Project>
            """);
    }

    public DotNetRun Build(params string[] arguments) =>
        DotNetRun.Of(_folder, Path.Combine(_package.Folder.FullName, "packages"), ["msbuild", "-nologo", "-v:q", "-tl:off", .. arguments]);

    /// <summary>Makes the next build look at all of them.</summary>
    public void ChangeModels()
    {
        foreach (var model in _models)
            File.SetLastWriteTimeUtc(model, DateTime.UtcNow);
    }
}
