using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Training.Networks;

namespace ModelCompiler.Training.Steps;

/// <summary>
/// Runs teacher and student on a part of a batch, and adds up the gradients. The parts of a batch go to several lanes, whose number does not depend on the machine, so that
/// sums have one order; how many lanes run at once does depend on it.
/// </summary>
internal sealed class Lane : IDisposable
{
    private readonly Dictionary<string, OrtBuffer> _inputs;
    private readonly OrtBuffer[] _targets;
    private readonly OrtBuffer _loss = new(ElementType.Float32, []);
    private readonly OrtBuffer[] _gradients;
    private readonly PlacedRun _teacher;
    private readonly PlacedRun _student;

    /// <param name="teacher">Makes the values of the network's terms.</param>
    /// <param name="student">The network, loaded: with gradients or without.</param>
    /// <param name="network">Describes both.</param>
    /// <param name="weights">Read by the student.</param>
    /// <param name="inputs">Samples, for their types and sizes.</param>
    public Lane(OrtModel teacher, OrtModel student, TrainingNetwork network, Weights weights, IReadOnlyDictionary<string, Tensor> inputs)
    {
        _inputs = inputs.ToDictionary(input => input.Key, input => OrtBuffer.Of(input.Value), StringComparer.Ordinal);
        _targets = [.. network.Terms.Select(term => new OrtBuffer(ElementType.Float32, term.Dims))];
        var hasGradients = student.Outputs.Count > 1;
        _gradients = [.. network.Parameters.Where(_ => hasGradients).Select(parameter => new OrtBuffer(ElementType.Float32, parameter.Start.Dims.ToArray()))];
        Sums = [.. _gradients.Select(gradient => new float[gradient.Floats.Length])];
        var targets = network.Terms.Zip(_targets).ToArray();
        _teacher = teacher.Place(Given(teacher, _inputs), targets.ToDictionary(pair => pair.First.Term.Teacher, pair => pair.Second, StringComparer.Ordinal));
        var given = _inputs.Concat(targets.Select(pair => KeyValuePair.Create(pair.First.Input, pair.Second))).Concat(weights.Buffers).ToDictionary(StringComparer.Ordinal);
        var made = network.Parameters.Zip(_gradients, (parameter, gradient) => KeyValuePair.Create(parameter.Gradient, gradient)).Append(KeyValuePair.Create(TrainingNetwork.Loss, _loss));
        _student = student.Place(Given(student, given), made.ToDictionary(StringComparer.Ordinal));
    }

    /// <summary>Where samples are written before a run, by the input's name.</summary>
    public IReadOnlyDictionary<string, OrtBuffer> Inputs => _inputs;

    /// <summary>The gradients of all runs since <see cref="Clear"/>, by parameter.</summary>
    public float[][] Sums { get; }

    /// <summary>The losses of the same runs.</summary>
    public double Loss { get; private set; }

    public void Clear()
    {
        Loss = 0;
        foreach (var sum in Sums)
            Array.Clear(sum);
    }

    /// <summary>Runs what was written into the inputs.</summary>
    /// <exception cref="DiagnosticException">MC1010: a run failed.</exception>
    public void Run()
    {
        _teacher.Run();
        _student.Run();
        Loss += _loss.Floats[0];
        for (var i = 0; i < Sums.Length; i++)
            System.Numerics.Tensors.TensorPrimitives.Add(Sums[i], _gradients[i].Floats, Sums[i]);
    }

    public void Dispose()
    {
        _teacher.Dispose();
        _student.Dispose();
        foreach (var buffer in _inputs.Values.Concat(_targets).Concat(_gradients).Append(_loss))
            buffer.Dispose();
    }

    private static Dictionary<string, OrtBuffer> Given(OrtModel model, Dictionary<string, OrtBuffer> buffers) =>
        model.Inputs.ToDictionary(input => input.Name, input => buffers[input.Name], StringComparer.Ordinal);
}
