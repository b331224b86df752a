using System.Text.Json;

namespace ModelCompiler.Tests;

public class InspectTests
{
    [Fact]
    public void TellsInputsOutputsAndCostAsJson()
    {
        using var folder = new TestFolder();
        var model = TinyModels.Linear(folder.File("linear.onnx"));

        var run = Modelc.Run("inspect", model, "--json").ShouldSucceed();

        run.Error.ShouldBeEmpty();
        var json = run.Json;
        json.GetProperty("name").GetString().ShouldBe("linear");
        json.GetProperty("opset").GetInt32().ShouldBe(17);
        json.GetProperty("parameters").GetInt64().ShouldBe(12);
        json.GetProperty("macs").GetInt64().ShouldBe(12);
        json.GetProperty("bytes").GetInt64().ShouldBe(new FileInfo(model).Length);
        json.GetProperty("operators").ToString().ReplaceLineEndings("").ShouldBe("""{    "MatMul": 1,    "Relu": 1  }""");
        var input = json.GetProperty("inputs")[0];
        input.GetProperty("name").GetString().ShouldBe("x");
        input.GetProperty("type").GetString().ShouldBe("float");
        input.GetProperty("shape")[0].GetString().ShouldBe("batch");
        input.GetProperty("shape")[1].GetInt32().ShouldBe(4);
        json.GetProperty("outputs").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public void PrintsATableForPeopleWithoutColour()
    {
        using var folder = new TestFolder();

        var run = Modelc.Run("inspect", TinyModels.Linear(folder.File("linear.onnx"))).ShouldSucceed();

        run.Out.ShouldContain("[batch, 4]");
        run.Out.ShouldContain("MatMul");
        run.Out.ShouldNotContain('\u001b');
    }

    [Fact]
    public void TellsARealModel()
    {
        var json = Modelc.Run("inspect", SharedData.Require("models/squeezenet/squeezenet_fp32.onnx"), "--json").ShouldSucceed().Json;

        json.GetProperty("inputs").GetArrayLength().ShouldBe(1);
        json.GetProperty("parameters").GetInt64().ShouldBe(1_235_496);
        json.GetProperty("operators").GetProperty("Conv").GetInt32().ShouldBe(26);
    }

    [Fact]
    public void ReadsAGigabyteInLittleMemory()
    {
        using var folder = new TestFolder();
        var model = LargeModel.Write(folder.File("large.onnx"), layers: 10);
        new FileInfo(model).Length.ShouldBeGreaterThan(1_000_000_000);

        var run = Modelc.Run("inspect", model, "--json").ShouldSucceed();

        run.Json.GetProperty("parameters").GetInt64().ShouldBe(250_000_000);
        run.Json.GetProperty("macs").GetInt64().ShouldBe(250_000_000);
        run.PeakMemory.ShouldBeInRange(1_000_000, 150_000_000);
    }

    [Theory]
    [InlineData("MC1001", "<!DOCTYPE html><html></html>")]
    [InlineData("MC1002", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n")]
    public void RefusesWhatIsNoModel(string id, string content)
    {
        using var folder = new TestFolder();
        var file = folder.Write("model.onnx", content);

        Modelc.Run("inspect", file).ShouldFailWith(id).ShouldStartWith(file);
    }

    [Fact]
    public void RefusesAMissingFile() => Modelc.Run("inspect", "missing.onnx").ShouldFailWith("MC0001");

    [Fact]
    public void PrintsAFailureAsOneJsonObjectToo()
    {
        var run = Modelc.Run("inspect", "missing.onnx", "--json");

        run.ShouldFailWith("MC0001");
        var diagnostic = run.Json.GetProperty("diagnostics").EnumerateArray().ShouldHaveSingleItem();
        diagnostic.GetProperty("id").GetString().ShouldBe("MC0001");
        diagnostic.GetProperty("severity").GetString().ShouldBe("error");
        diagnostic.GetProperty("message").ValueKind.ShouldBe(JsonValueKind.String);
    }
}
