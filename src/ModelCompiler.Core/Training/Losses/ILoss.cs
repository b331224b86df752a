using ModelCompiler.Graphs;
using ModelCompiler.Training.Gradients;

namespace ModelCompiler.Training.Losses;

/// <summary>How far a value of the student is from the teacher's. Written into the graph together with its gradient, which is simpler than what differentiation would find.</summary>
internal interface ILoss
{
    /// <param name="make">Writes operators.</param>
    /// <param name="student">What the student makes.</param>
    /// <param name="teacher">What it is to make; constant to the gradient.</param>
    /// <param name="dims">Of both; the first axis is the batch.</param>
    /// <returns>A scalar, and its gradient by the student's value.</returns>
    (Value Loss, Value Gradient) Write(GradientWriter make, Value student, Value teacher, long[] dims);
}
