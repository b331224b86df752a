namespace ModelCompiler.Tests;

/// <summary>Tests that measure or change what the whole process shares run while no others do.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
