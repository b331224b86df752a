using ModelCompiler.Contract;

namespace ModelCompiler.Calibration.Checks;

/// <summary>A folder most of whose pictures are of a type that is not read.</summary>
internal sealed class UnreadPictures : IDataCheck
{
    public IEnumerable<ModelDiagnostic> Of(DataInUse data) =>
        from part in data.All
        let unread = part.Set.NotRead
        where unread.Count > part.Set.Count
        select DiagnosticRules.SamplesSilent.Create(
            data.Model, part.Role, part.Name, $"of its {unread.Count + part.Set.Count} pictures {unread.Count} are {ImageFolder.TypesOf(unread)} files, which are not read", "Convert them to PNG or JPEG.");
}
