using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler;

/// <summary>A model's content on its way into a session: by its path where it lies in a file as it is, else by way of memory.</summary>
internal static class ModelContent
{
    /// <param name="choice">Where it is.</param>
    /// <param name="name">What to call it in a message.</param>
    /// <param name="options">Of the session.</param>
    /// <exception cref="ModelLoadException">It is absent, damaged, or not what the app was built with.</exception>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime cannot open it.</exception>
    public static InferenceSession Open(EngineChoice choice, string name, SessionOptions options)
    {
        var file = choice.File;
        if (file.Content is { } given)
            return new InferenceSession(given, options);
        if (!file.IsPackaged && choice.IsChecked)
            ModelIntegrity.Check(file.Path!);
        if (!file.IsPackaged && !CompressedModel.Is(file.Path!))
            return new InferenceSession(file.Path!, options);

        var content = Read(file, name);
        if (file.IsPackaged && choice.IsChecked)
            ModelIntegrity.Check(file.Path!, content);
        return new InferenceSession(CompressedModel.Is(file.Path!) ? CompressedModel.Unpack(content, name) : content, options);
    }

    private static byte[] Read(ModelSource file, string name)
    {
        try
        {
            if (!file.IsPackaged)
                return File.ReadAllBytes(file.Path!);
            using var packaged = ModelAssets.Open(file.Path!) ?? throw new FileNotFoundException("It is no more in the app's package.");
            using var content = new MemoryStream();
            packaged.CopyTo(content);
            return content.ToArray();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelLoadException($"{name} cannot be read: {error.Message}", error);
        }
    }
}
