using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>A constant whose elements go with channels, and the places where it is read as such.</summary>
/// <param name="Tensor">As it was when channels were looked for.</param>
/// <param name="Uses">All readers that get the same smaller tensor.</param>
/// <param name="Channels">Its channels along each axis.</param>
internal sealed record ConstantChannels(Tensor Tensor, IReadOnlyList<Use> Uses, ValueChannels Channels);
