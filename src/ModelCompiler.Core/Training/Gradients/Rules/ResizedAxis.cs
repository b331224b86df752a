using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>What a Resize does along one axis.</summary>
/// <param name="Node">The Resize.</param>
/// <param name="Axis">The axis.</param>
/// <param name="From">Its size before.</param>
/// <param name="To">Its size behind.</param>
/// <param name="Scale">What the size was multiplied by, before it was rounded.</param>
/// <param name="Roi">Where the part that <c>tf_crop_and_resize</c> takes begins and ends; the whole axis is from 0 to 1.</param>
/// <remarks>As ONNX Runtime computes it, in float32 where it does: the nearest pixel depends on how coordinates are rounded.</remarks>
internal sealed record ResizedAxis(Node Node, int Axis, long From, long To, float Scale, (float Start, float End) Roi)
{
    private bool Crops => Transformation == "tf_crop_and_resize";

    private string Mode => Node.GetString("mode", "nearest");

    private string Transformation => Node.GetString("coordinate_transformation_mode", "half_pixel");

    /// <summary>Why there is no gradient, continuing "since …"; null where there is.</summary>
    public static string? RefusalOf(NodeShapes node) =>
        node.Node.GetInt("antialias", 0) != 0 ? "there is no gradient rule for its antialias" :
        node.Node.GetString("mode", "nearest") is not ("nearest" or "linear" or "cubic") ? "there is no gradient rule for its mode" :
        ScalesOf(node) is not { } scales ? "how much it enlarges is computed from its input" :
        node.Node.GetString("coordinate_transformation_mode", "half_pixel") != "tf_crop_and_resize" ? null :
        RoiOf(node) is not { } roi ? "what it crops is computed from its input" :
        Enumerable.Range(0, scales.Length).Any(axis => scales[axis] == 1 && roi[axis] != (0, 1)) ? "it crops an axis that it does not resize" : null;

    /// <summary>The axes that change. Where all sizes stay the same, ONNX Runtime copies.</summary>
    public static IReadOnlyList<ResizedAxis> Of(NodeShapes node)
    {
        var (dims, resized) = (node.Dims(0), node.OutputDims());
        if (dims.AsSpan().SequenceEqual(resized))
            return [];
        var scales = ScalesOf(node)!;
        var roi = RoiOf(node) ?? Array.ConvertAll(dims, _ => (0f, 1f));
        return [.. Enumerable.Range(0, dims.Length).Where(axis => scales[axis] != 1)
            .Select(axis => new ResizedAxis(node.Node, axis, dims[axis], resized[axis], scales[axis], roi[axis]))];
    }

    /// <summary>How many outputs in a row show each input, where that is all that happens; else null.</summary>
    public long? Repeats =>
        Mode == "nearest" && To % From == 0 && Enumerable.Range(0, (int)To).All(place => Coordinate(place) is var x && !IsOutside(x) && Inside(Rounded(x)) == place / (To / From))
            ? To / From
            : null;

    /// <summary>W of y = W·x, [To, From]; rows of zeros where an output lies outside of what there is.</summary>
    public float[] Weights()
    {
        var weights = new float[To * From];
        for (var place = 0; place < To; place++)
        {
            var x = Coordinate(place);
            if (IsOutside(x))
                continue;
            foreach (var (tap, weight) in Mode == "cubic" ? CubicTaps(x) : Mode == "linear" ? LinearTaps(x) : [(Rounded(x), 1)])
                weights[(place * From) + Inside(tap)] += weight;
        }

        return weights;
    }

    private long Inside(long tap) => Math.Clamp(tap, 0, From - 1);

    /// <summary>The two neighbours, each the nearer the heavier; beyond the edges there is the edge.</summary>
    private IEnumerable<(long, float)> LinearTaps(float x)
    {
        var inside = Math.Clamp(x, 0, From - 1);
        var left = (long)inside;
        return [(left, 1 - (inside - left)), (left + 1, inside - left)];
    }

    /// <summary>Four neighbours with the weights of the cubic convolution (Keys 1981) for the coefficient a; ones outside of the image may be left out.</summary>
    private IEnumerable<(long, float)> CubicTaps(float x)
    {
        var a = Node.GetFloat("cubic_coeff_a", -0.75f);
        var taps = Enumerable.Range(-1, 4).Select(offset => (long)MathF.Floor(x) + offset).Select(tap => (tap, Weight(MathF.Abs(x - tap)))).ToArray();
        if (Node.GetInt("exclude_outside", 0) == 0)
            return taps;
        var there = taps.Where(tap => tap.tap >= 0 && tap.tap < From).ToArray();
        var sum = there.Sum(tap => tap.Item2);
        return there.Select(tap => (tap.tap, tap.Item2 / sum));

        float Weight(float far) => far <= 1
            ? ((((a + 2) * far) - (a + 3)) * far * far) + 1
            : (((((a * far) - (5 * a)) * far) + (8 * a)) * far) - (4 * a);
    }

    private bool IsOutside(float x) => Crops && (x < 0 || x > From - 1);

    /// <summary>Where in the input an output lies: ONNX's <c>coordinate_transformation_mode</c>.</summary>
    private float Coordinate(float place) => Transformation switch
    {
        "asymmetric" => place / Scale,
        "pytorch_half_pixel" => To > 1 ? ((place + 0.5f) / Scale) - 0.5f : 0,
        "tf_half_pixel_for_nn" => (place + 0.5f) / Scale,
        "align_corners" => To == 1 ? 0 : place * (From - 1) / (To - 1),
        "tf_crop_and_resize" => To > 1
            ? (Roi.Start * (From - 1)) + (place * (Roi.End - Roi.Start) * (From - 1) / (To - 1))
            : (float)(0.5 * (Roi.Start + Roi.End) * (From - 1)),
        "half_pixel_symmetric" => (float)((From / 2f * (1 - (To / (Scale * From)))) + ((place + 0.5) / Scale) - 0.5),
        _ => ((place + 0.5f) / Scale) - 0.5f,
    };

    private long Rounded(float x) => Node.GetString("nearest_mode", "round_prefer_floor") switch
    {
        "round_prefer_ceil" => (long)MathF.Round(x, MidpointRounding.AwayFromZero),
        "floor" => (long)MathF.Floor(x),
        "ceil" => (long)MathF.Ceiling(x),
        _ => x == (long)x + 0.5f ? (long)MathF.Floor(x) : (long)MathF.Round(x, MidpointRounding.AwayFromZero),
    };

    /// <summary>Of every axis: as given, or as follows from the sizes; null where they are not constant.</summary>
    private static float[]? ScalesOf(NodeShapes node)
    {
        var (dims, resized, rank) = (node.Dims(0), node.OutputDims(), node.Rank(0));
        if (node.Has(2) && (node.Constant(2) is null || node.Constant(2)!.Count > 0))
            return node.Constant(2) is { } given ? OfAll(node, given.ToFloats(), 1) : null;
        var axes = AxesOf(node);
        var policy = node.Node.GetString("keep_aspect_ratio_policy", "stretch");
        if (policy == "stretch")
            return [.. Enumerable.Range(0, rank).Select(axis => (float)resized[axis] / dims[axis])];
        if (node.Constant(3)?.ToLongs() is not { } sizes)
            return null;
        var wanted = axes.Select((axis, i) => (float)sizes[i] / dims[axis]);
        return OfAll(node, Array.ConvertAll(axes, _ => policy == "not_larger" ? wanted.Min() : wanted.Max()), 1);
    }

    private static (float, float)[]? RoiOf(NodeShapes node) =>
        !node.Has(1) || node.Constant(1) is { Count: 0 } ? Array.ConvertAll(node.Dims(0), _ => (0f, 1f)) :
        node.Constant(1)?.ToFloats() is not { } roi ? null :
        [.. OfAll(node, roi[..(roi.Length / 2)], 0).Zip(OfAll(node, roi[(roi.Length / 2)..], 1))];

    /// <summary>What is given for the axes that the node names, or for all.</summary>
    private static float[] OfAll(NodeShapes node, float[] given, float others)
    {
        var all = Array.ConvertAll(node.Dims(0), _ => others);
        foreach (var (i, axis) in AxesOf(node).Index())
            all[axis] = given[i];
        return all;
    }

    private static int[] AxesOf(NodeShapes node) =>
        node.Node.GetInts("axes") is { Count: > 0 } axes ? [.. axes.Select(axis => NodeShapes.Axis(axis, node.Rank(0)))] : [.. Enumerable.Range(0, node.Rank(0))];
}
