using ModelCompiler.Calibration;

namespace ModelCompiler.Evaluation.Detections;

/// <summary>The size of the image that a sample gives to the model.</summary>
internal static class ImageSize
{
    /// <summary>Of the first input that has the shape of an image, those with a batch axis before those without; zero where none has.</summary>
    public static (int Width, int Height) Of(Sample sample)
    {
        foreach (var input in sample.Inputs.Values.Where(input => input.Rank is 3 or 4).OrderByDescending(input => input.Rank))
        {
            var dims = input.Dims[^3..];
            if (dims[0] is 1 or 3)
                return ((int)dims[2], (int)dims[1]);
            if (dims[2] is 1 or 3)
                return ((int)dims[1], (int)dims[0]);
        }

        return (0, 0);
    }
}
