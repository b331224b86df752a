using ModelCompiler.Contract;
using ModelCompiler.Tests;

namespace ModelCompiler.Generator.Tests;

/// <summary>Generated classes of unusual signatures, run by ONNX Runtime. Their models hand inputs through.</summary>
public class UnusualForRealTests
{
    [Fact]
    public void IntegersOfAllWidths() => Run(
        """
        using var integers = Integers.Load(model);
        var all = integers.Run(new sbyte[] { -128, 1 }, new byte[] { 255, 2 }, new short[] { -32768, 3 }, new ushort[] { 65535, 4 }, new[] { int.MinValue, 5 }, new[] { uint.MaxValue, 6u }, new[] { long.MinValue, 7L }, new[] { ulong.MaxValue, 8UL });
        return $"{all.OutSbyte[0]} {all.OutByte[0]} {all.OutShort[0]} {all.OutUshort[0]} {all.OutInt[0]} {all.OutUint[0]} {all.OutLong[0]} {all.OutUlong[0]} {all.OutUlong[1]}";
        """, UnusualManifests.Integers).ShouldBe("-128 255 -32768 65535 -2147483648 4294967295 -9223372036854775808 18446744073709551615 8");

    [Fact]
    public void FloatsAndBools() => Run(
        """
        using var floats = Floats.Load(model);
        var all = floats.Run(new[] { (System.Half)1.5f, (System.Half)2 }, new[] { (Microsoft.ML.OnnxRuntime.BFloat16)3f, (Microsoft.ML.OnnxRuntime.BFloat16)4f }, 5.5, new[] { true, false, true });
        return System.FormattableString.Invariant($"{all.HalfOut[0, 0]} {(float)all.BrainOut[1]} {all.DoubleOut} {all.BoolOut[1]} {all.BoolOut[2]}");
        """, UnusualManifests.Floats).ShouldBe("1.5 4 5.5 False True");

    [Fact]
    public void NamesThatCollide() => Run(
        """
        using var collisions = Collisions.Load(model);
        float[] One(float value) => new[] { value };
        var all = collisions.Run(@class: One(1), @in: One(2), ab: One(3), ab2: One(4), ab3: One(5), ab4: One(6), run: One(7), call2: One(8), cancellationToken2: One(9), options2: One(10), session: One(11), dims: One(12));
        return $"{all.Dispose} {all.Run0} {all.Out} {all.ToString2} {all.Class2} {all.AB5} {all.Deconstruct2}";
        """, UnusualManifests.Collisions).ShouldBe("1 2 3 4 5 6 7");

    [Fact]
    public void NamesOfFewLetters() => Run(
        """
        using var spellings = Spellings.Load(model);
        long[] One(long value) => new[] { value };
        var all = spellings.Run(温度: One(1), émotion: One(2), input2: One(3), input3: One(4), input1e3: One(5), aHrefX: One(6), xy: One(7));
        return $"{all.Π} {all.Output1} {all.Output0} {all.Output3} {all.Output02}";
        """, UnusualManifests.Spellings).ShouldBe("1 2 3 4 5");

    [Fact]
    public void ValuesOfAnyRank() => Run(
        """
        using var unranked = Unranked.Load(model);
        var all = unranked.Run(new float[] { 1, 2, 3, 4 }, new long[] { 2, 1, 2 }, new float[] { 9 });
        return $"{string.Join("x", all.Result.Shape.ToArray())} {all.Result[1, 0, 1]} {all.Rest}";
        """, UnusualManifests.Unranked).ShouldBe("2x1x2 4 9");

    [Fact]
    public void TwoOpenAxesThatInputsShare() => Run(
        """
        using var tokens = Tokens.Load(model);
        var states = tokens.Run(new long[] { 1, 2, 3, 4, 5, 6 }, new long[] { 0, 0, 1, 1, 1, 1 }, batch: 2, sequence: 3);
        return $"{states.Shape[0]}x{states.Shape[1]} {states[1, 2]}";
        """,
        UnusualManifests.Tokens, new TinyModel().Input("input_ids", TinyModel.Int64, "batch", "sequence").Input("attention_mask", TinyModel.Int64, "batch", "sequence")
            .Output("last_hidden_state", TinyModel.Int64, "batch", "sequence").Node("Add", ["input_ids", "attention_mask"], "last_hidden_state")).ShouldBe("2x3 7");

    [Fact]
    public void AScalarAmongOtherOutputs() => Run(
        """
        using var statistics = Statistics.Load(model);
        var all = statistics.Run(new float[] { 1, 2, 3, 4, 5, 6 }, rows: 2);
        return $"{all.Size} {all.Shape[0]} {all.Shape[1]} {all.Same[1, 0]}";
        """,
        UnusualManifests.Statistics, new TinyModel().Input("values", TinyModel.Float, "rows", 3).Output("size", TinyModel.Int64).Output("shape", TinyModel.Int64, 2).Output("same", TinyModel.Float, "rows", 3)
            .Node("Size", ["values"], "size").Node("Shape", ["values"], "shape").Node("Identity", ["values"], "same")).ShouldBe("6 2 3 4");

    [Fact]
    public void LabelsThatCollideAndOptions() => Run(
        """
        using var animals = Animals.Load(model);
        var values = new float[] { 0, 0.1f, 0.2f, 0.05f, 0, 0, 0, 0.5f, 0.15f };
        var some = animals.Classify(values, new ClassificationOptions<AnimalsLabel> { Top = 2, Deny = new[] { AnimalsLabel._3Cats } });
        var none = animals.Classify(values, new ClassificationOptions<AnimalsLabel> { LeastScore = 0.6f });
        return $"{animals.Classify(values).Label.ToText()} {some[0].Label.ToText()} {some[1].Label} {some.Count} {none.Count} {AnimalsLabels.All.Count}";
        """, UnusualManifests.Animals).ShouldBe("3 cats CAT! 猫 2 0 9");

    // √0.64 and √0.36 are to each other as 4 and 3.
    [Fact]
    public void ATemperatureMakesScoresLessSure() => Run(
        """
        using var animals = Animals.Load(model);
        var values = new float[] { 0.64f, 0.36f, 0, 0, 0, 0, 0, 0, 0 };
        return System.FormattableString.Invariant($"{animals.Classify(values).Score:0.0000} {animals.Classify(values, 2)[1].Score:0.0000}");
        """,
        UnusualManifests.Animals with { Outputs = new(UnusualManifests.Animals.Outputs.Select(output => output with { Temperature = 2 })) }).ShouldBe("0.5714 0.4286");

    /// <param name="body">Of the method.</param>
    /// <param name="manifest">Of the class.</param>
    /// <param name="model">By default one whose outputs are its inputs, in their order.</param>
    private static string Run(string body, ModelManifest manifest, TinyModel? model = null) =>
        (string)RealRun.Of($"public static string Answer(byte[] model)\n{{\n{body}\n}}", manifest, (model ?? HandedThrough(manifest)).ToBytes());

    private static TinyModel HandedThrough(ModelManifest manifest)
    {
        var model = new TinyModel();
        foreach (var input in manifest.Inputs)
            model.Input(input.Value.Name, (int)input.Value.ElementType, Axes(input.Value));
        for (var i = 0; i < manifest.Outputs.Count; i++)
            model.Output(manifest.Outputs[i].Value.Name, (int)manifest.Outputs[i].Value.ElementType, Axes(manifest.Outputs[i].Value)).Node("Identity", [manifest.Inputs[i].Value.Name], manifest.Outputs[i].Value.Name);
        for (var i = manifest.Outputs.Count; i < manifest.Inputs.Count; i++)
            model.Node("Identity", [manifest.Inputs[i].Value.Name], "unused" + i);
        return model;
    }

    private static object[]? Axes(ValueSignature value) => value.Shape?.Select(axis => (object)(int)axis.Size!.Value).ToArray();
}
