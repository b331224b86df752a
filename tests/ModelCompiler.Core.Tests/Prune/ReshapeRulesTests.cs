using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Prune;

public sealed class ReshapeRulesTests
{
    private const int Channels = 8;

    private readonly NetworkBuilder _net = new(opset: 13, seed: 5);

    [Theory]
    [InlineData(2, 8, 36)]
    [InlineData(0, 0, -1)]
    [InlineData(-1, 8, 36)]
    [InlineData(0, -1, 36)]
    public void TheSizeOfAKeptAxisFollows(long first, long second, long third) => Reshaped([first, second, third], value => Conv1d(value, 8)).HasGroups(8).Prunes();

    [Fact]
    public void ACopiedSizeIsSpelledOutWhereTheCopiedAxisChanges()
    {
        // 0 at place 1 copies the channels of the input into an axis that holds pixels: 8 of each.
        var conv = _net.Conv(_net.Graph.Input("x", ElementType.Float32, 1, 3, 8, 8), 3, Channels);
        var moved = _net.Reshape(conv, 8, 0, 8);
        var model = _net.Outputs(_net.MatMul(_net.Transpose(moved, 1, 2, 0), 8, 3));

        new ChannelTest(model).HasGroups(8).Prunes();
    }

    [Fact]
    public void ABatchOfUnknownSizeMayBeInFront()
    {
        var x = _net.Graph.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("batch"), Dimension.Of(3), Dimension.Of(6), Dimension.Of(6)])));
        var flat = _net.Reshape(_net.Conv(x, 3, Channels), -1, 8 * 36);
        var model = _net.Outputs(_net.MatMul(flat, 8 * 36, 4));

        new ChannelTest(model).HasGroups(8).Prunes(openSize: 3);
    }

    [Fact]
    public void PicturesOfUnknownSizeMayBeBehind()
    {
        var x = _net.Graph.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Of(2), Dimension.Of(3), Dimension.Named("h"), Dimension.Named("w")])));
        var flat = _net.Reshape(_net.Conv(x, 3, Channels), 2, 8, -1);
        var model = _net.Outputs(_net.MatMul(_net.Transpose(flat, 0, 2, 1), 8, 4));

        new ChannelTest(model).HasGroups(8).Prunes(openSize: 5);
    }

    [Fact]
    public void MixingWithAnAxisOfUnknownSizeLocksThem()
    {
        var x = _net.Graph.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Of(2), Dimension.Of(3), Dimension.Named("h"), Dimension.Named("w")])));
        var flat = _net.Reshape(_net.Conv(x, 3, Channels), 2, -1, 4);
        var model = _net.Outputs(_net.MatMul(flat, 4, 4));

        new ChannelTest(model).HasGroups().Locks("mixes them with axes of unknown size");
    }

    [Fact]
    public void AShapeThatIsComputedIsReplacedWhereItSaysTheSize()
    {
        var x = _net.Graph.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("batch"), Dimension.Of(3), Dimension.Of(6), Dimension.Of(6)])));
        var batch = _net.Slice(_net.Node("Shape", [x]), 0, 0, 1);
        var flat = _net.Node("Reshape", [_net.Conv(x, 3, Channels), _net.Node("Concat", [batch, _net.Longs(8 * 36)], ("axis", 0L))]);
        var model = _net.Outputs(_net.MatMul(flat, 8 * 36, 4));

        new ChannelTest(model).HasGroups(8).Prunes(openSize: 3);
    }

    [Fact]
    public void HeadsGoAsAWhole() => Reshaped([2, 8, 36], value =>
    {
        var heads = _net.Reshape(_net.Transpose(value, 0, 2, 1), 2, 36, 2, 4);
        return _net.MatMul(_net.Reshape(heads, 2, 36, 8), 8, 3);
    }).HasGroups(2).Prunes();

    [Fact]
    public void ThreeFoldHeadsGoAsAWhole()
    {
        var x = _net.Graph.Input("x", ElementType.Float32, 2, 5, 6);
        var packed = _net.Transpose(_net.Reshape(_net.MatMul(x, 6, 24), 2, 5, 3, 4, 2), 2, 0, 3, 1, 4);
        var first = _net.Node("Gather", [packed, _net.Graph.Initializer("i", Tensor.Scalar(1L).Reshape())], ("axis", 0L));
        var model = _net.Outputs(_net.MatMul(_net.Reshape(_net.Transpose(first, 0, 2, 1, 3), 2, 5, 8), 8, 3));

        new ChannelTest(model).HasGroups(4).Prunes();
    }

    [Fact]
    public void AShuffleJoinsOneChannelOfEachGroup() => Reshaped([2, 2, 4, 6, 6], value =>
        _net.Conv(_net.Reshape(_net.Transpose(value, 0, 2, 1, 3, 4), 2, 8, 6, 6), 8, 3)).HasGroups(4).Prunes();

    [Fact]
    public void AShuffleBehindAGroupedConvJoinsNoMore()
    {
        var grouped = _net.Conv(_net.Conv(_net.Picture(3), 3, 8), 8, 8, groups: 4);
        var shuffled = _net.Reshape(_net.Transpose(_net.Reshape(grouped, 2, 4, 2, 6, 6), 0, 2, 1, 3, 4), 2, 8, 6, 6);
        var model = _net.Outputs(_net.Conv(shuffled, 8, 3));

        new ChannelTest(model).HasGroups(2, 2).Prunes();
    }

    [Fact]
    public void AGroupNormalizationOfReshapesKeepsWholeGroups() => Reshaped([2, 4, -1], value =>
        _net.Conv(_net.Reshape(_net.Node("InstanceNormalization", [value, _net.Scales(4), _net.Scales(4)]), 2, 8, 6, 6), 8, 3)).HasGroups(4).Prunes();

    [Fact]
    public void AxesOfSizeOneComeAndGo() => Reshaped([2, 1, 8, 1, 36], value =>
        Conv1d(_net.Squeeze(_net.Node("Unsqueeze", [_net.Squeeze(value, 1, 3), _net.Longs(0)]), 0), 8)).HasGroups(8).Prunes();

    [Fact]
    public void ASqueezeThatNamesNoAxesLocksThem()
    {
        var pooled = _net.Node("Squeeze", [_net.Node("GlobalAveragePool", [_net.Conv(_net.Picture(3), 3, Channels)])]);
        var model = _net.Outputs(_net.MatMul(pooled, 8, 3));

        new ChannelTest(model).HasGroups().Locks("does not say which axes it drops");
    }

    private ChannelTest Reshaped(long[] shape, Func<Value, Value> end) =>
        new(_net.Outputs(end(_net.Reshape(_net.Node("Relu", [_net.Conv(_net.Picture(3), 3, Channels)]), shape))));

    private Value Conv1d(Value x, int channels) => _net.Node("Conv", [x, _net.Weight(3, channels, 1)]);
}
