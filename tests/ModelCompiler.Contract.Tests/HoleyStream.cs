namespace ModelCompiler.Contract.Tests;

/// <summary>A model file with a huge initializer whose bytes do not exist, and a count of what was read.</summary>
internal sealed class HoleyStream : Stream
{
    private readonly byte[] _before;
    private readonly byte[] _after;
    private readonly long _hole;

    public HoleyStream(byte[] head, long weights)
    {
        var tensor = new ProtoWriter().Text(8, "weight").ToArray();
        var rawHeader = LengthDelimited(9, weights);
        var initializerLength = tensor.Length + rawHeader.Length + weights;
        var initializerHeader = LengthDelimited(5, initializerLength);
        _after = new ProtoWriter().Message(11, OnnxBytes.Value("x", OnnxBytes.TensorType(1, 4))).ToArray();
        var graphHeader = LengthDelimited(7, initializerHeader.Length + initializerLength + _after.Length);
        _before = [.. head, .. graphHeader, .. initializerHeader, .. tensor, .. rawHeader];
        _hole = weights;
    }

    public long BytesRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _before.Length + _hole + _after.Length;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var afterStart = _before.Length + _hole;
        var read = (int)Math.Min(count, Length - Position);
        for (var i = 0; i < read; i++)
        {
            var at = Position + i;
            buffer[offset + i] = at < _before.Length ? _before[at] : at >= afterStart ? _after[at - afterStart] : (byte)0;
        }
        Position += read;
        BytesRead += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static byte[] LengthDelimited(int field, long length)
    {
        var bytes = new List<byte> { (byte)((field << 3) | 2) };
        for (; length >= 0x80; length >>= 7)
            bytes.Add((byte)(length | 0x80));
        bytes.Add((byte)length);
        return [.. bytes];
    }
}
