using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace ModelCompiler.Onnx;

/// <summary>
/// A file mapped for reading. After <see cref="Dispose"/> every access throws <see cref="ObjectDisposedException"/>; a span taken before must not be used
/// any more. There is no finalizer on purpose: forgetting to dispose costs address space, never a crash.
/// </summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private bool _disposed;

    private MappedFile(FileStream stream)
    {
        Path = System.IO.Path.GetFullPath(stream.Name);
        Length = stream.Length;
        _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
    }

    public string Path { get; }

    public long Length { get; }

    /// <summary>Maps the file, or gives null where it is empty: nothing can be mapped then.</summary>
    public static MappedFile? Open(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        if (stream.Length > 0)
            return new MappedFile(stream);
        stream.Dispose();
        return null;
    }

    public ReadOnlySpan<byte> Span(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);
        return new(_start + offset, length);
    }

    /// <summary>A window onto the file that can be kept; it looks at the file when its span is asked for.</summary>
    public ReadOnlyMemory<byte> Memory(long offset, int length) => new Window(this, offset, length).Memory;

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private sealed class Window(MappedFile file, long offset, int length) : MemoryManager<byte>
    {
        public override Memory<byte> Memory => CreateMemory(length);

        // Handed out as ReadOnlyMemory only: the pages are read-only.
        public override Span<byte> GetSpan()
        {
            _ = file.Span(offset, length);
            return new(file._start + offset, length);
        }

        public override MemoryHandle Pin(int elementIndex = 0)
        {
            _ = file.Span(offset, length);
            return new(file._start + offset + elementIndex, default, this);
        }

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
