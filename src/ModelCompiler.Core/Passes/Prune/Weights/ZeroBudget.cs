using System.Runtime.InteropServices;

namespace ModelCompiler.Passes;

/// <summary>Where the choice of zeros stands before a set of columns is decided on.</summary>
/// <param name="Free">Weights of the set that are not zero anyway.</param>
/// <param name="Already">Those that are.</param>
/// <param name="Left">Weights of this set and those behind it that are not zero anyway.</param>
/// <param name="Taken">Weights that became zero in the sets before it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ZeroBudget(int Free, int Already, int Left, int Taken);
