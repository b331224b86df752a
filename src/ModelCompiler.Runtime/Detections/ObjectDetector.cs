using System.Runtime.CompilerServices;

namespace ModelCompiler;

/// <summary>Reads objects from the outputs of a detector: decoded, one box an object, in pixels of the image that was given.</summary>
/// <param name="boxes">The output with the boxes, and with their scores where there is no other.</param>
/// <param name="scores">The output with the scores; null where they stand beside the boxes.</param>
/// <param name="head">What the numbers are.</param>
public sealed class ObjectDetector(DetectorOutput boxes, DetectorOutput? scores, DetectionHead head)
{
    /// <summary>Reads what was found in the image that the call was given.</summary>
    /// <typeparam name="TLabel">An enum whose values are the class indices, or <see cref="int"/>.</typeparam>
    /// <param name="call">After its run.</param>
    /// <param name="image">The image that it was given.</param>
    /// <param name="geometry">Where its pixels ended up in the model's input.</param>
    /// <param name="options">Which boxes count.</param>
    /// <returns>The surest first.</returns>
    /// <exception cref="InvalidOperationException">The outputs have another form than was said.</exception>
    public IReadOnlyList<Detection<TLabel>> Read<TLabel>(ModelCall call, PixelBuffer image, ImageGeometry geometry, DetectionOptions? options = null)
        where TLabel : unmanaged
    {
        ArgumentNullException.ThrowIfNull(call);
        options ??= DetectionOptions.Default;
        var found = Decode(call, options.LeastScore);
        NonMaximumSuppression.Apply(found, options.SameObject, options.Most);
        var objects = new Detection<TLabel>[found.Count];
        for (var i = 0; i < objects.Length; i++)
            objects[i] = new(Label<TLabel>(found[i].Class), found[i].Score, found[i].Box.ToSource(geometry, image.Width, image.Height), found[i].Class);
        return objects;
    }

    private List<ScoredBox> Decode(ModelCall call, float leastScore)
    {
        var found = new List<ScoredBox>();
        var (width, height) = call.PreparedSize;
        if (scores is not null)
            head.Decode(boxes.Table(call), scores.Table(call), width, height, leastScore, found);
        else
            head.Decode(boxes.Table(call), width, height, leastScore, found);
        return found;
    }

    private static TLabel Label<TLabel>(int index)
        where TLabel : unmanaged =>
        Unsafe.SizeOf<TLabel>() == sizeof(int) ? Unsafe.BitCast<int, TLabel>(index) : throw new InvalidOperationException($"A label is an enum of 32 bits or an int, and {typeof(TLabel).Name} is neither.");
}
