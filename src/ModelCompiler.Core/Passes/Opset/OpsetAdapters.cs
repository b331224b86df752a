namespace ModelCompiler.Passes;

/// <summary>
/// Every change of ONNX's operator set, from version 8 on, that alters what an older node means. A version that only adds types or optional
/// attributes needs no adapter. Source: the operator changelog of the ONNX specification.
/// </summary>
internal static class OpsetAdapters
{
    /// <summary>In the order of the versions.</summary>
    public static IReadOnlyList<OpsetAdapter> All { get; } =
    [
        new("BatchNormalization", 9, LiftBatchNormalization.DropSpatial),
        new("MeanVarianceNormalization", 9, LiftMeanVarianceNormalization.ToAxes),
        new("Scan", 9, Refuse.ScanOverBatches),
        new("Upsample", 9, AttributesToInputs.Upsample),

        new("Affine", 10, LiftLegacyOperators.Affine),
        new("Crop", 10, LiftLegacyOperators.Crop),
        new("Dropout", 10, LiftDropout.MaskBecomesBool),
        new("DynamicSlice", 10, LiftLegacyOperators.DynamicSlice),
        new("ImageScaler", 10, LiftLegacyOperators.ImageScaler),
        new("ParametricSoftplus", 10, LiftLegacyOperators.ParametricSoftplus),
        new("Scale", 10, LiftLegacyOperators.Scale),
        new("ScaledTanh", 10, LiftLegacyOperators.ScaledTanh),
        new("Slice", 10, AttributesToInputs.Slice),
        new("TopK", 10, AttributesToInputs.TopK),
        new("Upsample", 10, LiftResize.FromUpsample),
        new("ATen", 10, Refuse.RemovedOperator),
        new("ConstantFill", 10, Refuse.RemovedOperator),
        new("GivenTensorFill", 10, Refuse.RemovedOperator),
        new("GRUUnit", 10, Refuse.RemovedOperator),

        new("Clip", 11, AttributesToInputs.Clip),
        new("Pad", 11, AttributesToInputs.Pad),
        new("Resize", 11, LiftResize.SayCoordinates),
        new("Scatter", 11, Rename.ScatterElements),

        new("Dropout", 12, AttributesToInputs.Dropout),

        new("Hardmax", 13, LiftSoftmax.ToOneAxis),
        new("LogSoftmax", 13, LiftSoftmax.ToOneAxis),
        new("ReduceSum", 13, AttributesToInputs.Axes),
        new("Resize", 13, LiftResize.LeaveOutEmptyInputs),
        new("Softmax", 13, LiftSoftmax.ToOneAxis),
        new("Split", 13, AttributesToInputs.Split),
        new("Squeeze", 13, AttributesToInputs.Axes),
        new("Unsqueeze", 13, AttributesToInputs.Axes),

        new("BatchNormalization", 14, LiftBatchNormalization.DropTrainingOutputs),
        new("RoiAlign", 16, Rename.RoiAlignCoordinates),

        new("ReduceL1", 18, AttributesToInputs.Axes),
        new("ReduceL2", 18, AttributesToInputs.Axes),
        new("ReduceLogSum", 18, AttributesToInputs.Axes),
        new("ReduceLogSumExp", 18, AttributesToInputs.Axes),
        new("ReduceMax", 18, AttributesToInputs.Axes),
        new("ReduceMean", 18, AttributesToInputs.Axes),
        new("ReduceMin", 18, AttributesToInputs.Axes),
        new("ReduceProd", 18, AttributesToInputs.Axes),
        new("ReduceSumSquare", 18, AttributesToInputs.Axes),
        new("Split", 18, Rename.SayNumberOfOutputs),

        new("DFT", 20, AttributesToInputs.Dft),
        new("GridSample", 20, Rename.GridSampleMode),
        new("GroupNormalization", 21, LiftGroupNormalization.ToChannels),
    ];

    private static readonly Dictionary<(string OpType, long Version), OpsetAdapter> ByChange =
        All.ToDictionary(adapter => (adapter.OpType, adapter.Version));

    public static OpsetAdapter? Find(string opType, long version) => ByChange.GetValueOrDefault((opType, version));
}
