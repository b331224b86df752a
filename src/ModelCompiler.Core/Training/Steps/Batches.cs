using ModelCompiler.Calibration;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Training.Augmentation;

namespace ModelCompiler.Training.Steps;

/// <summary>Brings samples into the memory that a network reads.</summary>
internal static class Batches
{
    /// <summary>Samples joined along their first axis.</summary>
    public static IReadOnlyDictionary<string, Tensor> Join(IReadOnlyList<Sample> samples)
    {
        var joined = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, first) in samples[0].Inputs)
        {
            long[] dims = [first.Dims[0] * samples.Count, .. first.Dims[1..]];
            var bytes = new byte[first.Data.Length * samples.Count];
            for (var i = 0; i < samples.Count; i++)
                samples[i].Inputs[name].Data.Read(0, bytes.AsSpan((int)(i * first.Data.Length), (int)first.Data.Length));
            joined[name] = new Tensor(first.Type, dims, new ManagedTensorData(bytes));
        }

        return joined;
    }

    /// <summary>Writes samples one behind the other.</summary>
    /// <param name="samples">As many as the buffers hold.</param>
    /// <param name="buffers">Of a network's inputs, by name.</param>
    /// <exception cref="Contract.DiagnosticException">MC0011: a sample has another shape than the first one.</exception>
    public static void Write(IReadOnlyList<Sample> samples, IReadOnlyDictionary<string, OrtBuffer> buffers)
    {
        foreach (var (name, buffer) in buffers)
        {
            var size = buffer.Bytes.Length / samples.Count;
            for (var i = 0; i < samples.Count; i++)
            {
                var tensor = samples[i].Inputs[name];
                if (tensor.Data.Length != size)
                    throw DataSet.DoesNotFit(samples[i].Name, $"its input '{name}' is {tensor}, and training takes samples of one shape; fix the size with Dims or Preprocess");
                tensor.Data.Read(0, buffer.Bytes.Slice(i * size, size));
            }
        }
    }

    /// <summary>Changes the images among what was written.</summary>
    /// <param name="buffers">Of a network's inputs, by name.</param>
    /// <param name="images">The inputs that are images.</param>
    /// <param name="augmentations">In their order.</param>
    /// <param name="chances">One for each sample.</param>
    public static void Augment(IReadOnlyDictionary<string, OrtBuffer> buffers, IReadOnlyDictionary<string, ImageForm> images, IReadOnlyList<IAugmentation> augmentations, IReadOnlyList<Random> chances)
    {
        foreach (var (name, form) in images)
        {
            var numbers = buffers[name].Floats;
            var size = numbers.Length / chances.Count;
            for (var i = 0; i < chances.Count; i++)
            {
                foreach (var augmentation in augmentations)
                    augmentation.Apply(numbers.Slice(i * size, size), form, chances[i]);
            }
        }
    }
}
