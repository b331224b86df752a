using System.Globalization;
using System.Runtime.CompilerServices;

namespace ModelCompiler;

/// <summary>Which classes count.</summary>
internal static class ClassFilter
{
    /// <summary>Marks the classes that the options leave out.</summary>
    /// <exception cref="ArgumentException">A list names a class that the model does not have, one is on both lists, or none is allowed.</exception>
    public static void Mark<TLabel>(ClassificationOptions<TLabel> options, Span<bool> left)
        where TLabel : unmanaged
    {
        if (options.Allow is { Count: 0 })
            throw new ArgumentException("Allow names no class, so that nothing could be found. Leave it null to allow all.", nameof(options));
        if (options.Allow is { } allowed)
        {
            left.Fill(true);
            foreach (var label in allowed)
                left[Index(label, left.Length, nameof(options.Allow))] = false;
        }

        foreach (var label in options.Deny ?? [])
        {
            ref var isLeft = ref left[Index(label, left.Length, nameof(options.Deny))];
            if (options.Allow is not null && !isLeft)
                throw new ArgumentException($"The class {label} is both allowed and denied. Take it from one of the two lists.", nameof(options));
            isLeft = true;
        }
    }

    private static int Index<TLabel>(TLabel label, int classes, string list)
        where TLabel : unmanaged =>
        Unsafe.BitCast<TLabel, int>(label) is var index && (uint)index < (uint)classes
            ? index
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{list} names the class {label}, but the model has the classes 0 to {classes - 1}."), nameof(label));
}
