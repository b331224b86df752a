namespace ModelCompiler.Training.Augmentation;

/// <summary>Makes one image into another that the app may as well see. The teacher answers to what comes of it, so that no label has to be right.</summary>
internal interface IAugmentation
{
    /// <param name="image">Height × width pixels, changed in place.</param>
    /// <param name="form">How they lie.</param>
    /// <param name="random">Decides; every call takes the same numbers from it, whatever it decides.</param>
    void Apply(Span<float> image, ImageForm form, Random random);
}
