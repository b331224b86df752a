using ModelCompiler.Compilation;
using ModelCompiler.Tool.Progress;

namespace ModelCompiler.Tests;

public class ProgressTests
{
    [Fact]
    public void TheBarTakesEveryStepAndHandsOnTheResult()
    {
        using var writer = new StringWriter();

        var result = ProgressBar.Run(writer, progress =>
        {
            progress.Report(new CompileStep("loading [brackets]"));
            progress.Report(new CompileStep("measuring", 0.5));
            progress.Report(new CompileStep("measuring", 1));
            return 42;
        });

        result.ShouldBe(42);
    }

    [Fact]
    public void ALogGetsOneLineForEachStep()
    {
        using var writer = new StringWriter();
        var lines = new ProgressLines(writer);

        lines.Report(new CompileStep("reading"));
        lines.Report(new CompileStep("measuring", 0.1));
        lines.Report(new CompileStep("measuring", 0.9));

        writer.ToString().ReplaceLineEndings("\n").ShouldBe("reading\nmeasuring\n");
    }
}
