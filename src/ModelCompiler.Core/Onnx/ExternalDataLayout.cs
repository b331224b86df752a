using ModelCompiler.Graphs;

namespace ModelCompiler.Onnx;

/// <summary>Which tensors are written beside the model's file instead of into it.</summary>
public enum ExternalDataLayout
{
    /// <summary>Those that were read from there, in as many files; and all larger ones where one file would pass 2 GB.</summary>
    AsRead,

    /// <summary>None, unless one file would pass 2 GB, the limit of protobuf.</summary>
    OnlyWhenTooLarge,

    /// <summary>All but small ones.</summary>
    Always,
}

/// <summary>Groups tensors by the data file that they belong in.</summary>
internal static class ExternalDataGroups
{
    /// <summary>Protobuf files end at 2 GB; the difference is room for everything that is not a tensor.</summary>
    public const long MaxTensorBytes = 1_900_000_000;

    /// <summary>Smaller tensors stay in the model's file when others leave it.</summary>
    private const int MinMoved = 1024;

    /// <summary>The group of each tensor; null for one that stays in the model's file.</summary>
    public static Func<Tensor, string?> Of(Model model, ExternalDataLayout layout, long maxTensorBytes) => layout switch
    {
        ExternalDataLayout.AsRead when ModelTensors.InlineBytes(model) <= maxTensorBytes => tensor => tensor.ExternalFile,
        ExternalDataLayout.AsRead => tensor => tensor.ExternalFile ?? LargeOnes(tensor),
        ExternalDataLayout.OnlyWhenTooLarge when ModelTensors.AllBytes(model) <= maxTensorBytes => _ => null,
        _ => LargeOnes,
    };

    private static string? LargeOnes(Tensor tensor) => tensor.Data.Length >= MinMoved ? "" : null;
}
