namespace ModelCompiler.Passes;

/// <summary>An observer whose summary can be kept for another compile: one that takes it up again answers exactly as if it had seen the samples itself.</summary>
internal interface IStoredObserver : IActivationObserver
{
    /// <summary>Names what is summed up, and all that it depends on besides the model and the samples.</summary>
    string Kind { get; }

    void Save(BinaryWriter writer);

    /// <summary>Takes up what an observer of the same <see cref="Kind"/> saved, in place of having seen anything.</summary>
    void Load(BinaryReader reader);
}
