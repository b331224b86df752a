using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation.Memory;

/// <summary>Measures what a model takes in a process of its own: in this one, the original, its forms and their samples are alive as well.</summary>
public interface IMemoryMeter
{
    /// <summary>Bytes of physical memory that loading a model and running it adds to a process at its peak; null where that cannot be told.</summary>
    /// <param name="model">Path of the model.</param>
    /// <param name="inputs">Of one run; their elements do not matter.</param>
    long? PeakBytes(string model, IReadOnlyDictionary<string, Tensor> inputs);
}
