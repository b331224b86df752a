using ModelCompiler.Generator.Model;

namespace ModelCompiler.Generator.Emit;

/// <summary>The registration of a model with an app's dependency injection, for apps that have it.</summary>
internal static class ServicesEmitter
{
    private const string Collection = "global::Microsoft.Extensions.DependencyInjection.IServiceCollection";
    private const string Add = "global::Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions";
    private const string AddOptions = "global::Microsoft.Extensions.DependencyInjection.OptionsServiceCollectionExtensions.AddOptions<global::ModelCompiler.LoadOptions>";
    private const string Provide = "global::Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions";
    private const string ProvideKeyed = "global::Microsoft.Extensions.DependencyInjection.ServiceProviderKeyedServiceExtensions";
    private const string ConfigureParameter = "global::System.Action<global::ModelCompiler.LoadOptions>? configure = null";
    private const string ConfigureDoc = "/// <param name=\"configure\">How the model is loaded and run; null for the defaults.</param>";

    public static string? Class(ClassModel model) => !model.App.HasServices ? null : $$"""
        /// <summary>Adds <see cref="{{model.Name}}"/> to the services of an app.</summary>
        {{ClassEmitter.Attribute}}
        {{model.Access}} static class {{model.Name}}Services
        {
        {{SourceText.Indent(SourceText.Members(Logging, AddSingle(model), AddNamed(model), Check(model), Options(model), Load(model)), 1)}}
        }
        """;

    private static string Logging => """
        private static readonly global::System.Action<global::Microsoft.Extensions.Logging.ILogger, string, global::System.Exception?> Loaded =
            global::Microsoft.Extensions.Logging.LoggerMessage.Define<string>(
                global::Microsoft.Extensions.Logging.LogLevel.Information, new global::Microsoft.Extensions.Logging.EventId(1, "ModelLoaded"), "Loaded {Execution}");

        private static readonly global::System.Action<global::Microsoft.Extensions.Logging.ILogger, string, string, global::System.Exception?> Skipped =
            global::Microsoft.Extensions.Logging.LoggerMessage.Define<string, string>(
                global::Microsoft.Extensions.Logging.LogLevel.Warning, new global::Microsoft.Extensions.Logging.EventId(2, "ProviderSkipped"), "The execution provider {Provider} is not used: {Reason}");
        """;

    private static string AddSingle(ClassModel model) => $$"""
        /// <summary>Adds the model as a singleton that is loaded when it is first asked for. Its options have the name <c>{{model.Name}}</c>, so that configuration can set them too.</summary>
        /// <param name="services">The app's services.</param>
        {{ConfigureDoc}}
        /// <returns>The same services.</returns>
        public static {{Collection}} Add{{model.Name}}(this {{Collection}} services, {{ConfigureParameter}})
        {
            AddOptions(services, "{{model.Name}}", configure);
        {{SourceText.Indent(SourceText.Lines(
        [
            $"{Add}.AddSingleton(services, static provider => Load(provider, \"{model.Name}\"));",
            .. FunctionEmitter.Interfaces(model).Select(type => $"{Add}.AddSingleton<{type}>(services, static provider => {Provide}.GetRequiredService<{model.Name}>(provider));"),
        ]), 1)}}
            return services;
        }
        """;

    private static string AddNamed(ClassModel model) => $$"""
        /// <summary>Adds the model under a key, for an app that loads it in several ways. Its options have the name <c>{{model.Name}}:key</c>.</summary>
        /// <param name="services">The app's services.</param>
        /// <param name="key">The service's key.</param>
        {{ConfigureDoc}}
        /// <returns>The same services.</returns>
        public static {{Collection}} AddKeyed{{model.Name}}(this {{Collection}} services, string key, {{ConfigureParameter}})
        {
            AddOptions(services, "{{model.Name}}:" + key, configure);
        {{SourceText.Indent(SourceText.Lines(
        [
            $"{Add}.AddKeyedSingleton(services, key, static (provider, name) => Load(provider, \"{model.Name}:\" + name));",
            .. FunctionEmitter.Interfaces(model).Select(type => $"{Add}.AddKeyedSingleton<{type}>(services, key, static (provider, name) => {ProvideKeyed}.GetRequiredKeyedService<{model.Name}>(provider, name));"),
        ]), 1)}}
            return services;
        }
        """;

    private static string Options(ClassModel model) => $$"""
        private static void AddOptions({{Collection}} services, string name, global::System.Action<global::ModelCompiler.LoadOptions>? configure)
        {
            var options = {{AddOptions}}(services, name);
            if (configure != null)
                options.Configure(configure);
            options.PostConfigure<global::System.IServiceProvider>(static (options, provider) =>
            {
                var given = options.ProviderSkipped;
                var logger = Logger(provider);
                options.ProviderSkipped = skipped =>
                {
                    Skipped(logger, skipped.Provider, skipped.Reason, null);
                    given?.Invoke(skipped);
                };
            });
        }

        private static global::Microsoft.Extensions.Logging.ILogger Logger(global::System.IServiceProvider provider) =>
            {{Provide}}.GetService<global::Microsoft.Extensions.Logging.ILoggerFactory>(provider)?.CreateLogger({{SourceText.Literal(model.Manifest.Namespace + "." + model.Name)}})
                ?? global::Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;
        """;

    private static string Load(ClassModel model) => $$"""
        private static {{model.Name}} Load(global::System.IServiceProvider provider, string name)
        {
            var model = {{model.Name}}.Load({{Provide}}.GetRequiredService<global::Microsoft.Extensions.Options.IOptionsMonitor<global::ModelCompiler.LoadOptions>>(provider).Get(name));
            Loaded(Logger(provider), model.Execution.ToString(), null);
            return model;
        }
        """;

    private static string? Check(ClassModel model) => !model.App.HasHealthChecks ? null : $$"""
        /// <summary>Adds a health check of the model: healthy when it is loaded, degraded when an execution provider of its profile was given up, unhealthy when it cannot be loaded.</summary>
        /// <param name="builder">The app's health checks.</param>
        /// <param name="key">The key under which the model was added; null for the one without.</param>
        /// <returns>The same health checks.</returns>
        public static global::Microsoft.Extensions.DependencyInjection.IHealthChecksBuilder Add{{model.Name}}(this global::Microsoft.Extensions.DependencyInjection.IHealthChecksBuilder builder, string? key = null) =>
            builder.Add(new global::Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckRegistration(
                key ?? "{{model.Name}}", provider => new Health(provider, key), global::Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy, null));

        private sealed class Health : global::Microsoft.Extensions.Diagnostics.HealthChecks.IHealthCheck
        {
            private readonly global::System.IServiceProvider _provider;
            private readonly string? _key;

            public Health(global::System.IServiceProvider provider, string? key)
            {
                _provider = provider;
                _key = key;
            }

            public global::System.Threading.Tasks.Task<global::Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult> CheckHealthAsync(
                global::Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckContext context, global::System.Threading.CancellationToken cancellationToken = default) =>
                global::System.Threading.Tasks.Task.FromResult(Check());

            private global::Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult Check()
            {
                try
                {
                    var execution = (_key is null ? {{Provide}}.GetRequiredService<{{model.Name}}>(_provider) : {{ProvideKeyed}}.GetRequiredKeyedService<{{model.Name}}>(_provider, _key)).Execution;
                    return execution.Skipped.Count == 0
                        ? global::Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult.Healthy(execution.ToString())
                        : global::Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult.Degraded(execution.ToString());
                }
                catch (global::ModelCompiler.ModelLoadException error)
                {
                    return global::Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult.Unhealthy(error.Message, error);
                }
            }
        }
        """;
}
