namespace ModelCompiler.Calibration;

/// <summary>Reads the class of each pixel from a PNG file: its gray value, or its index in the file's palette.</summary>
internal static class MaskFile
{
    /// <exception cref="Contract.DiagnosticException">MC0010 it is damaged, or a PNG of another kind; MC0011 a value is no class.</exception>
    public static ClassMask Read(string path)
    {
        try
        {
            var (width, height, values) = IndexPng.Read(File.ReadAllBytes(path));
            return new ClassMask(path, width, height, Array.ConvertAll(values, value => ClassMask.ClassOf(value)));
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or IOException or UnauthorizedAccessException)
        {
            throw DataSet.Unreadable(path, exception.Message);
        }
        catch (FormatException exception)
        {
            throw DataSet.DoesNotFit(path, exception.Message);
        }
    }
}
