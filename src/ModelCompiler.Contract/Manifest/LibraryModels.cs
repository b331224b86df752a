namespace ModelCompiler.Contract;

/// <summary>
/// The models that an app carries for the libraries it uses: their classes are the libraries' own and were generated before anybody knew for which hardware the app
/// would compile them, so that the app's own code says it.
/// </summary>
/// <param name="Models">The models, each once.</param>
public sealed record LibraryModels(EquatableArray<LibraryModel> Models);

/// <summary>A model of a library, and the profiles for which the app compiled it.</summary>
/// <param name="Name">The asset's base name: the app finds <c>models/&lt;Name&gt;.&lt;profile&gt;.onnx</c>.</param>
/// <param name="Profiles">The preferred one first.</param>
public sealed record LibraryModel(string Name, EquatableArray<ManifestProfile> Profiles);
