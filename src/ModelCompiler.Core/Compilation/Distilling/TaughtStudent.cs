using ModelCompiler.Contract;
using ModelCompiler.Evaluation;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;

namespace ModelCompiler.Compilation.Distilling;

/// <summary>
/// A project's own student, trained by a teacher that the project names before anything else is done to it. What is compiled, and what forms are compared with, is
/// then the trained student: beside the untrained one every new answer would look like a loss.
/// </summary>
/// <param name="teacher">The model that it learnt from.</param>
/// <param name="path">The trained student, or the project's file where training did not help.</param>
/// <param name="distiller">Trained it, and trains forms of it by the same teacher.</param>
internal sealed class TaughtStudent(Model teacher, string path, Distiller distiller) : IDisposable
{
    public Distiller Distiller => distiller;

    /// <summary>Null where the project names no teacher.</summary>
    /// <exception cref="DiagnosticException">The student or the teacher cannot be read or run (MC1…), the data does not fit (MC0…), or the teacher does not (MC0028).</exception>
    public static TaughtStudent? Of(CompileJob job, StagingFolder staging, ICompileProgress progress, Action<ModelDiagnostic> report)
    {
        if (DistillationWish.Of(job) is not { Teacher: { } file } wish)
            return null;
        using var untrained = OriginalModel.Open(job, _ => { }); // guesses are reported when it is opened for good
        using var student = StartingModel.Simplified(job, untrained);
        var teacher = Read(file, job);
        try
        {
            Fit(teacher, file, student.Model, untrained);
            var distiller = new Distiller(job, wish, teacher, untrained, progress, report);
            if (distiller.Train("the model", student.Model, DistillationStyle.Smaller) is not { } trained)
                return new(teacher, job.Model, distiller);
            var path = OnnxWriter.Write(trained, staging.PathFor("taught"))[0];
            if (untrained.Samples.IsLabelled)
                distiller.NoteAccuracy(AccuracyOf(path, untrained));
            return new(teacher, path, distiller);
        }
        catch
        {
            teacher.Dispose();
            throw;
        }
    }

    /// <summary>The student as the original of everything that follows.</summary>
    public OriginalModel Open(CompileJob job, Action<ModelDiagnostic> report) => OriginalModel.Open(job, path, report);

    public void Dispose() => teacher.Dispose();

    private static Model Read(string file, CompileJob job)
    {
        try
        {
            var teacher = OnnxReader.Read(file);
            PassRunner.Run(teacher, [new FixDimensions(job.Options.Dims)], new PassContext());
            Pipelines.RunSimplify(teacher, new PassContext());
            return teacher;
        }
        catch (DiagnosticException failure) when (failure.Diagnostic.File is null)
        {
            throw new DiagnosticException(failure.Diagnostic with { File = file });
        }
    }

    /// <summary>Gives the teacher's inputs the student's names, and makes sure that both answer alike.</summary>
    private static void Fit(Model teacher, string file, Model student, OriginalModel untrained)
    {
        var (theirs, mine) = (teacher.Graph.RequiredInputs.ToArray(), student.Graph.RequiredInputs.ToArray());
        if (theirs.Length != mine.Length)
            throw DoesNotFit($"it takes {theirs.Length} inputs, and the model {mine.Length}");
        if (!theirs.All(input => mine.Any(other => other.Name == input.Name)))
        {
            foreach (var (input, name) in theirs.Zip(mine.Select(other => other.Name)))
                input.Name = name;
        }

        var sample = untrained.CalibrationSet.Samples(1).First().Inputs;
        var answers = Answers(sample);
        var wanted = untrained.Running.Run(sample, untrained.Running.ReadableOutputs);
        foreach (var (i, (name, tensor)) in wanted.Index())
        {
            var answer = answers.GetValueOrDefault(name) ?? answers.Values.ElementAtOrDefault(i);
            if (answer is null || answer.Type != tensor.Type || !answer.Dims.SequenceEqual(tensor.Dims))
                throw DoesNotFit(answer is null ? $"it has no output in the place of '{name}'" : $"where the model makes {tensor} ('{name}'), it makes {answer}");
        }

        IReadOnlyDictionary<string, Tensor> Answers(IReadOnlyDictionary<string, Tensor> inputs)
        {
            try
            {
                using var running = OrtModel.Load(teacher);
                return running.Run(inputs, running.ReadableOutputs);
            }
            catch (DiagnosticException failure)
            {
                throw DoesNotFit($"it cannot run the model's inputs ({failure.Diagnostic.Message.TrimEnd('.')})");
            }
        }

        DiagnosticException DoesNotFit(string reason) => new(DiagnosticRules.TeacherDoesNotFit.Create(untrained.Path, file, reason));
    }

    private static Accuracy? AccuracyOf(string trained, OriginalModel untrained)
    {
        using var running = OrtModel.Load(trained);
        return SideBySide.Compare(untrained.Answered.All(), running, untrained.NewMetric()).Accuracy;
    }
}
