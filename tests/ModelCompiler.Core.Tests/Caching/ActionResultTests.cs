using System.Text;
using ModelCompiler.Caching;

namespace ModelCompiler.Tests.Caching;

public sealed class ActionResultTests
{
    private static readonly string Hash = new('a', 64);

    /// <summary>Written by hand from the field numbers of the Remote Execution API, with an exit code and an executable bit that are of no interest here.</summary>
    [Fact]
    public void ReadsTheFormOfTheRemoteExecutionApi()
    {
        byte[] digest = [0x0a, 64, .. Encoding.ASCII.GetBytes(Hash), 0x10, 0xac, 0x02];
        byte[] file = [0x0a, 6, .. "m.onnx"u8, 0x12, (byte)digest.Length, .. digest, 0x20, 1];
        byte[] message = [0x12, (byte)file.Length, .. file, 0x20, 0];

        ActionResult.Parse(message)!.Files.ShouldBe([new ActionFile("m.onnx", Hash, 300)]);
    }

    [Fact]
    public void IsReadAsItWasWritten()
    {
        ActionFile[] files = [new("m.linux-x64.onnx", Hash, 5L << 30), new("модель.report.json", new string('0', 64), 0)];

        ActionResult.Parse(new ActionResult(files).ToBytes())!.Files.ShouldBe(files);
    }

    [Theory]
    [InlineData("../m.onnx")]
    [InlineData("folder/m.onnx")]
    [InlineData("C:m.onnx")]
    [InlineData("folder\\m.onnx")]
    [InlineData("..")]
    [InlineData("")]
    public void ANameThatLeadsElsewhereIsNoResult(string name) => ActionResult.Parse(new ActionResult([new(name, Hash, 1)]).ToBytes()).ShouldBeNull();

    [Theory]
    [InlineData("abc", 1)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 1)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", -1)]
    public void WhatIsNoHashOrSizeIsNoResult(string hash, long bytes) => ActionResult.Parse(new ActionResult([new("m.onnx", hash, bytes)]).ToBytes()).ShouldBeNull();

    [Fact]
    public void OtherBytesAreNoResult()
    {
        var random = new Random(1);
        for (var i = 0; i < 1000; i++)
        {
            var bytes = new ActionResult([new("m.onnx", Hash, 7), new("m.report.json", Hash, 8)]).ToBytes();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            if (ActionResult.Parse(bytes[..random.Next(bytes.Length)]) is { } read)
                read.Files.ShouldAllBe(file => file.Name.Length > 0 && file.Hash.Length == 64);
        }
    }
}
