using System.CommandLine;
using ModelCompiler.Contract;
using ModelCompiler.Tool.Doctor;
using ModelCompiler.Tool.Output;

namespace ModelCompiler.Tool.Commands;

/// <summary><c>modelc doctor</c>: whether this machine has what compiling needs.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Checks that this machine has what compiling needs.");
        command.SetAction(_ => CommandRunner.Run(isJson: false, Run));
        return command;
    }

    private static void Run(CommandOutput output)
    {
        foreach (var finding in Examination.Findings())
        {
            if (finding.Advice is { } advice)
                output.Report(DiagnosticRules.MachineNotReady.Create(null, finding.Subject, finding.Detail, advice));
            else
                Console.Out.WriteLine($"ok  {finding.Subject,-16}  {finding.Detail}");
        }
    }
}
