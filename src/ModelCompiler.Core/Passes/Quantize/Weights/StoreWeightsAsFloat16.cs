using System.Globalization;
using System.Runtime.InteropServices;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>weight(float32)  =>  weight(float16) → Cast(float32): half the file, computed in float32 as before.</summary>
/// <remarks>ONNX Runtime carries out the Cast once, when it loads the model, so that nothing gets slower.</remarks>
public sealed class StoreWeightsAsFloat16 : IGraphPass
{
    /// <summary>Below this many elements the Cast takes more bytes in the file than the weight saves.</summary>
    internal const int FewestElements = 128;

    public void Run(Graph graph, PassContext context)
    {
        foreach (var weight in StoredWeight.In(graph, context))
        {
            if (weight.Tensor.Count >= FewestElements)
                Store(weight, context);
        }
    }

    internal static void Store(StoredWeight weight, PassContext context)
    {
        var (halves, clamped) = Narrow(weight.Tensor);
        var note = clamped > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({clamped} values clamped to its range)") : "";
        var edit = new GraphEdit(weight.Value.Graph, $"store '{weight.Value.Name}' as float16{note}");
        var stored = edit.AddInitializer($"{weight.Value.Name}_float16", halves);
        var to = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["to"] = (long)ElementType.Float32 };
        weight.ReplaceBy(edit.AddNode("Cast", [stored], to).Output, edit);
        context.Apply(edit);
    }

    /// <summary>The nearest float16 of each weight; what lies beyond the greatest one becomes that one and is counted.</summary>
    internal static (Tensor Halves, int Clamped) Narrow(Tensor weight)
    {
        var floats = weight.Span<float>();
        var halves = new Half[floats.Length];
        var clamped = 0;
        for (var i = 0; i < floats.Length; i++)
        {
            halves[i] = (Half)floats[i];
            if (!Half.IsInfinity(halves[i]))
                continue;
            halves[i] = floats[i] > 0 ? Half.MaxValue : Half.MinValue;
            clamped++;
        }

        var data = new ManagedTensorData(MemoryMarshal.AsBytes(halves.AsSpan()).ToArray());
        return (new Tensor(ElementType.Float16, weight.Dims, data) { ExternalFile = weight.ExternalFile }, clamped);
    }
}
