using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Passes;

/// <summary>Breaks a third of a model's nodes: attributes that are missing, too short or far too large, inputs that are missing or those of others.</summary>
internal static class GraphDamage
{
    public static void Do(Model model, int seed)
    {
        var random = new Random(seed);
        foreach (var node in model.Graph.Nodes)
        {
            if (random.Next(3) == 0)
                Damage(node, random);
        }
    }

    private static void Damage(Node node, Random random)
    {
        foreach (var (name, value) in node.Attributes.ToArray())
        {
            switch (random.Next(4), value)
            {
                case (0, _): node.RemoveAttribute(name); break;
                case (1, AttributeValue.Int): node.SetAttribute(name, random.Next(-9, 9)); break;
                case (1, AttributeValue.Ints ints): node.SetAttribute(name, ints.Values.Skip(1).Append(random.Next(-9, 9)).ToArray()); break;
                case (2, AttributeValue.Ints ints): node.SetAttribute(name, ints.Values.Skip(1).ToArray()); break;
                case (2, _): node.SetAttribute(name, long.MaxValue); break;
                default: break;
            }
        }

        if (node.Inputs.Count > 0 && random.Next(2) == 0)
            node.SetInput(random.Next(node.Inputs.Count), random.Next(2) == 0 ? null : node.Inputs[random.Next(node.Inputs.Count)]);
    }
}
