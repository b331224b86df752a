using ModelCompiler.Passes.Layout;
using ModelCompiler.Passes.Simplify;
using ModelCompiler.Training.Quantized;

namespace ModelCompiler.Passes;

/// <summary>Every precision that the compiler makes, from the largest file to the smallest.</summary>
public static class Precisions
{
    /// <summary>Per-channel scales came with operator set 13.</summary>
    private const long PerChannelScales = 13;

    /// <summary>Integers of 16 bits came with operator set 21.</summary>
    private const long SixteenBits = 21;

    /// <summary>DynamicQuantizeLinear came with operator set 11.</summary>
    private const long DynamicRanges = 11;

    public static IReadOnlyList<Precision> All { get; } =
    [
        new("fp32", CalibrationUse.None, null, _ => Pipelines.Float),
        new("fp16", CalibrationUse.Helps, null, inputs =>
        [
            new UnlistInitializers(), // before new weights are added: old files list every one as an input
            .. Pipelines.Float,
            new ConvertToFloat16(inputs.Calibration),
            new RemoveDeadNodes(), // the float32 weights
        ]),
        new("fp16-weights", CalibrationUse.None, null, _ =>
        [
            new UnlistInitializers(),
            .. Pipelines.Float,
            new StoreWeightsAsFloat16(),
        ]),
        new("int8-weights", CalibrationUse.Helps, null, inputs =>
        [
            new UnlistInitializers(),
            .. Pipelines.Float,
            .. InBlocks(inputs), // what is left is stored small
            new StoreWeightsAsInt8(inputs.Calibration),
            new RemoveDeadNodes(), // the biases that were corrected
        ]),
        new("int8-dynamic", CalibrationUse.Helps, DynamicRanges, inputs =>
        [
            new UnlistInitializers(),
            .. Pipelines.Float,
            new SmoothActivations(inputs, new ChannelScales()) { RangesAreDynamic = true },
            .. InBlocks(inputs), // few rows: faster than ranges for a whole tensor, and finer
            new MultiplyDynamically(inputs),
            new RecurDynamically(inputs.Scheme),
            new RequireOperators("int8-dynamic", ["MatMulNBits", "MatMulInteger", "DynamicQuantizeLSTM"], "matrix product or LSTM with constant float32 weights that is large enough to gain from integers"),
            new StoreWeightsAsInt8(inputs.Calibration), // what is no matrix
            new RemoveDeadNodes(),
        ]),
        new("int4-weights", CalibrationUse.Helps, null, inputs =>
        [
            new UnlistInitializers(),
            .. Pipelines.Float,
            new StoreMatricesAsInt4(inputs.Calibration),
            new StoreTablesAsInt4(),
            new RequireOperators("int4-weights", ["MatMulNBits", "GatherBlockQuantized"], "matrix product or table of constant float32 numbers, 4,096 or more"),
            new StoreWeightsAsInt8(inputs.Calibration), // what is no matrix: convolutions, recurrent layers
            new RemoveDeadNodes(),
        ]),
        new("int8", CalibrationUse.Needs, PerChannelScales, inputs =>
        {
            var scales = inputs.Activations?.Scales ?? new ChannelScales();
            var quantize = new QuantizeStatically(inputs, scales);
            return
            [
                .. ForIntegersOf(inputs.Scheme),
                new EqualizeChannels(inputs, scales), // before ranges are observed
                new SmoothActivations(inputs, scales),
                quantize,
                .. FineTuned(quantize, inputs), // before the Q/DQ take other forms
                new ShieldFloatLayers(quantize),
                .. inputs.Scheme.ChannelsLast ? InChannelsLast(quantize) : [new RemoveDeadNodes()],
                new StoreWeightsAsFloat16(), // those of layers that stay in float
            ];
        }) { KeepsChosenLayers = true },
    ];

    private static IReadOnlyList<IGraphPass> ForIntegersOf(QuantizationScheme scheme) =>
        scheme.Activations.Bytes > 1 ? [new LiftOpset(SixteenBits), new RaiseIrVersion()] : [];

    private static IReadOnlyList<IGraphPass> FineTuned(QuantizeStatically quantize, PrecisionInputs inputs) =>
        inputs.FineTuning is { } train ? [new FineTuneQuantized(train, quantize, inputs.Scheme)] : [];

    private static IReadOnlyList<IGraphPass> InChannelsLast(QuantizeStatically quantize) =>
    [
        new WriteIntegerOperators(quantize), // before the layout, which is that of these operators
        new WriteSilu(quantize),             // what is left of it in float
        new WriteChannelsLast(quantize),
        new RemoveDeadNodes(),               // DequantizeLinears, Transposes and weights that nothing reads any more
        new FuseTransposes(),                // the model's own with those at the border
        new RemoveIdentities(),
    ];

    /// <summary>The precision of that name, or null.</summary>
    public static Precision? Find(string name) => All.FirstOrDefault(precision => precision.Name == name);

    private static IReadOnlyList<IGraphPass> InBlocks(PrecisionInputs inputs) =>
        inputs.Scheme.Blockwise is { } rule ? [new MultiplyBlockwise(rule, inputs.InputShapes)] : [];
}
