using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests;

/// <summary>Small models for tests of reading, writing and editing.</summary>
internal static class BuiltModels
{
    /// <summary>A node before, then an If whose branches capture its result and a weight, then a Loop over the choice.</summary>
    public static Model Control()
    {
        var builder = new GraphBuilder(opset: 17, name: "control");
        builder.Model.Metadata.Add(new("license", "MIT"));
        var x = builder.Input("x", ElementType.Float32, 2, 2);
        var flag = builder.Input("flag", ElementType.Bool);
        var bias = builder.Initializer("bias", Tensor.Of([0.5f, -0.5f], 2));
        var hidden = builder.Node("Relu", [x]);
        builder.Output(hidden, "hidden");
        var choice = builder.Node("If", [flag], new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["then_branch"] = builder.Nested("yes", branch => branch.Output(branch.Node("Add", [hidden, bias]))),
            ["else_branch"] = builder.Nested("no", branch => branch.Output(branch.Node("Neg", [hidden]))),
        });
        var count = builder.Node("Constant", [], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["value"] = Tensor.Scalar(3L) });
        var loop = builder.Node("Loop", [count, null, choice], new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["body"] = builder.Nested("body", body =>
            {
                body.Input("iteration", ElementType.Int64);
                var go = body.Input("go", ElementType.Bool);
                var state = body.Input("state", ElementType.Float32, 2, 2);
                body.Output(body.Node("Identity", [go])).Output(body.Node("Add", [state, x]));
            }),
        });
        builder.Output(loop, "y", new TensorType(ElementType.Float32, Shape.Of(2, 2)));
        return builder.Model;
    }

    /// <summary>Adds a weight to an input.</summary>
    public static Model WithWeight(float[] weight, string? externalFile = null)
    {
        var builder = new GraphBuilder(opset: 17);
        var x = builder.Input("x", ElementType.Float32, weight.Length);
        var tensor = Tensor.Of(weight, weight.Length);
        var w = builder.Initializer("w", new Tensor(tensor.Type, tensor.Dims, tensor.Data) { ExternalFile = externalFile });
        builder.Output(builder.Node("Add", [x, w]), "y", new TensorType(ElementType.Float32, Shape.Of(weight.Length)));
        return builder.Model;
    }
}
