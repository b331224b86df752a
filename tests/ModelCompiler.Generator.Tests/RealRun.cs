using System.Reflection;
using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Tests;

/// <summary>A generated class, compiled with a program that uses it and loaded into this process.</summary>
internal static class RealRun
{
    /// <summary>What the program's method <c>Answer(byte[] model)</c> answers.</summary>
    /// <param name="method">The method.</param>
    /// <param name="manifest">Of the class.</param>
    /// <param name="model">The .onnx file that the method is given.</param>
    /// <param name="part">More source.</param>
    public static object Of(string method, ModelManifest manifest, byte[] model, string part = "")
    {
        var program = $$"""
            using ModelCompiler;
            using App.Models;

            public static class Program
            {
            {{method}}
            }

            {{part}}
            """;
        var generated = Generated.From(program, manifest);
        generated.Complaints.Where(complaint => !complaint.Contains("CS1591", StringComparison.Ordinal)).ShouldBeEmpty();
        return generated.Load().GetType("Program")!.GetMethod("Answer", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [model])!;
    }
}
