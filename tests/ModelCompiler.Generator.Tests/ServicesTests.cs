using ModelCompiler.Contract;
using ModelCompiler.Generator.Emit;
using ModelCompiler.Generator.Model;
using ModelCompiler.Tests;

namespace ModelCompiler.Generator.Tests;

/// <summary>Models among the services of an app.</summary>
public class ServicesTests
{
    private static readonly byte[] Model = new TinyModel().Input("count", TinyModel.Float, "batch", 3).Output("point", TinyModel.Float, "batch", 3).Node("Identity", ["count"], "point").ToBytes();

    [Fact]
    public void WritesTheClass() => Approval.Verify(
        ClassEmitter.Emit(ClassModelBuilder.Build(Manifests.Digits) with { App = new TargetApp(HasServices: true, HasHealthChecks: true, IsAndroid: false, AllowsRefStructArguments: true) }).Replace(ClassEmitter.Version, "{version}", StringComparison.Ordinal),
        "Digits");

    [Fact]
    public void EveryClassCompilesInAHost() => Generated.InHost("", [.. Manifests.All]).Complaints.ShouldBeEmpty();

    [Fact]
    public void AnAppWithoutServicesGetsNone() => Generated.From(Manifests.Digits).Source.ShouldNotContain("Microsoft.Extensions");

    [Fact]
    public void AModelIsASingletonWithItsOptions() => Answer(
        """
        var services = new ServiceCollection();
        services.AddSignals(options => options.MaxConcurrentRuns = 3);
        services.Configure<LoadOptions>("Signals", options => options.Profile = "linux-x64");
        using var provider = services.BuildServiceProvider();
        var one = provider.GetRequiredService<Signals>();
        var function = provider.GetRequiredService<IModel<System.ReadOnlyMemory<float>, Embedding>>();
        return $"{object.ReferenceEquals(one, provider.GetRequiredService<Signals>())} {object.ReferenceEquals(one, function)} {function.Run(new float[] { 3, 0, 4 }).Values.Span[2]} {one.Execution.Profile}";
        """).ShouldBe("True True 0.8 linux-x64");

    [Fact]
    public void AModelCanBeLoadedInSeveralWays() => Answer(
        """
        var services = new ServiceCollection();
        services.AddKeyedSignals("one").AddKeyedSignals("other", options => options.Profile = "no-such");
        using var provider = services.BuildServiceProvider();
        var one = provider.GetRequiredKeyedService<Signals>("one");
        var function = provider.GetRequiredKeyedService<IModel<System.ReadOnlyMemory<float>, Embedding>>("one");
        try { provider.GetRequiredKeyedService<Signals>("other"); return "no"; }
        catch (ModelLoadException error) { return $"{object.ReferenceEquals(one, function)} {error.Message.Contains("no-such")}"; }
        """).ShouldBe("True True");

    [Fact]
    public void LoadingIsLogged() => Answer(
        """
        var log = new Lines();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(log));
        services.AddSignals();
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<Signals>();
        return string.Join("|", log.All);
        """).ShouldStartWith("App.Models.Signals Warning 2 The execution provider NoSuchThing is not used: ");

    [Fact]
    public void HealthChecksTellTheStateOfAModel() => Answer(
        """
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSignals(options => options.Profile = "linux-x64").AddKeyedSignals("degraded").AddKeyedSignals("absent", options => options.Profile = "no-such");
        services.AddHealthChecks().AddSignals().AddSignals("degraded").AddSignals("absent");
        using var provider = services.BuildServiceProvider();
        var report = provider.GetRequiredService<Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckService>().CheckHealthAsync().Result;
        return $"{report.Entries["Signals"].Status} {report.Entries["degraded"].Status} {report.Entries["absent"].Status} {report.Entries["absent"].Description!.Contains("no-such")}";
        """).ShouldBe("Healthy Degraded Unhealthy True");

    [Fact]
    public void AFakeTakesAModelsPlace() => Answer(
        """
        IModel<System.ReadOnlyMemory<float>, Embedding> fake = new Fake();
        return fake.Run(new float[3]).ToString();
        """).ShouldBe("Embedding of 2 values");

    /// <summary>The asset lies where an app's would: two profiles, one of which wants a provider that is nowhere.</summary>
    private static string Answer(string body)
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "models"));
        File.WriteAllBytes(Path.Combine(folder.FullName, "hosted-signals.npu.onnx"), Model);
        File.WriteAllBytes(Path.Combine(folder.FullName, "hosted-signals.linux-x64.onnx"), Model);
        var manifest = Manifests.Signals with
        {
            Name = "hosted-signals",
            Profiles = new([new ManifestProfile("npu", default, new([new ManifestProvider("NoSuchThing", default)]), default), Manifests.Linux with { RuntimeIdentifiers = default }]),
        };
        var program = $$"""
            using App.Models;
            using Microsoft.Extensions.DependencyInjection;
            using Microsoft.Extensions.Logging;
            using ModelCompiler;

            public static class Program
            {
                public static string Answer() { {{body}} }
            }

            public sealed class Fake : IModel<System.ReadOnlyMemory<float>, Embedding>
            {
                public Embedding Run(System.ReadOnlyMemory<float> input, System.Threading.CancellationToken cancellationToken = default) => new Embedding(new float[] { 1, 0 });
            }

            public sealed class Lines : ILoggerProvider, ILogger
            {
                private string _category = "";
                public System.Collections.Generic.List<string> All { get; } = new System.Collections.Generic.List<string>();
                public ILogger CreateLogger(string categoryName) { _category = categoryName; return this; }
                public void Dispose() { }
                public System.IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
                public bool IsEnabled(LogLevel logLevel) => true;
                public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, System.Exception? exception, System.Func<TState, System.Exception?, string> formatter) =>
                    All.Add($"{_category} {logLevel} {eventId.Id} {formatter(state, exception)}");
            }
            """;
        var generated = Generated.InHost(program, manifest);
        generated.Complaints.Where(complaint => !complaint.Contains("CS1591", StringComparison.Ordinal)).ShouldBeEmpty();
        return (string)generated.Load().GetType("Program")!.GetMethod("Answer")!.Invoke(null, [])!;
    }
}
