namespace ModelCompiler.Bench;

/// <summary>Run it on a quiet machine: <c>dotnet run -c Release --project bench/RunBench</c>.</summary>
internal static class Program
{
    private static void Main()
    {
        Calls.Measure(Path.Combine(AppContext.BaseDirectory, "digits.onnx"));
        Generating.Measure();
    }
}
