using ModelCompiler.Compilation;
using Spectre.Console;

namespace ModelCompiler.Tool.Progress;

/// <summary>A bar that follows the step at hand and is gone when the work is done.</summary>
internal sealed class ProgressBar(ProgressTask bar) : ICompileProgress
{
    public static T Run<T>(TextWriter writer, Func<ICompileProgress, T> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn())
            .Start(context => work(new ProgressBar(context.AddTask("starting", maxValue: 1))));
    }

    public void Report(CompileStep step)
    {
        bar.Description = Markup.Escape(step.Text);
        bar.IsIndeterminate = step.Fraction is null;
        bar.Value = step.Fraction ?? 0;
    }
}
