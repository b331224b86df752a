using ModelCompiler.Compilation;
using ModelCompiler.Profiles;

namespace CompileBench;

/// <summary>Compiles rows of the table for this machine's profile.</summary>
internal sealed class Compiler(DataFolder data)
{
    public HardwareProfile Profile { get; } = HardwareProfiles.Read(HostIdentifier.Current);

    public CompileResult Compile(BenchCase row) => ModelCompilation.Compile(
        new CompileJob
        {
            Model = row.ModelIn(data),
            Name = Path.GetFileNameWithoutExtension(row.Model),
            OutputDirectory = data.Outputs.FullName,
            Profile = Profile,
            Options = row.Options with
            {
                Compile = row.Options.Compile with
                {
                    Precision = row.Precision,
                    Calibration = row.Calibration?.Invoke(data),
                    Evaluation = row.Evaluation?.Invoke(data),
                    MaxAccuracyDrop = row.Budget,
                    Teacher = row.Teacher?.Invoke(data),
                },
            },
        },
        new Silent());
}
