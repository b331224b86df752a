namespace ModelCompiler;

/// <summary>The bytes given to <see cref="ImageDecoder"/> are not an image that it can decode.</summary>
public sealed class ImageDecodeException : Exception
{
    /// <summary>With a message that says what the bytes look like.</summary>
    public ImageDecodeException(string message)
        : base(message)
    {
    }

    /// <summary>With the decoder's own error.</summary>
    public ImageDecodeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
