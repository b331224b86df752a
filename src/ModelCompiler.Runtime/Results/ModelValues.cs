using System.ComponentModel;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ModelCompiler;

/// <summary>Values that are no tensors of numbers, from ONNX Runtime's form to .NET's and back. Generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModelValues
{
    /// <summary>A copy of a tensor of numbers.</summary>
    /// <typeparam name="T">Its element type.</typeparam>
    /// <param name="value">The tensor.</param>
    public static ModelTensor<T> Tensor<T>(OrtValue value)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(value.GetTensorDataAsSpan<T>().ToArray(), value.GetTensorTypeAndShape().Shape);
    }

    /// <summary>A copy of a tensor of strings.</summary>
    /// <param name="value">The tensor.</param>
    public static ModelTensor<string> Strings(OrtValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(value.GetStringTensorAsArray(), value.GetTensorTypeAndShape().Shape);
    }

    /// <summary>A copy of a sequence.</summary>
    /// <typeparam name="TItem">The type of its items.</typeparam>
    /// <param name="value">The sequence.</param>
    /// <param name="read">Copies one item.</param>
    public static IReadOnlyList<TItem> Sequence<TItem>(OrtValue value, Func<OrtValue, TItem> read)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(read);
        var items = new TItem[value.GetValueCount()];
        for (var index = 0; index < items.Length; index++)
        {
            using var item = value.GetValue(index, OrtAllocator.DefaultInstance);
            items[index] = read(item);
        }

        return items;
    }

    /// <summary>A copy of a map.</summary>
    /// <typeparam name="TKey"><see cref="long"/> or <see cref="string"/>.</typeparam>
    /// <typeparam name="TValue">A number or <see cref="string"/>.</typeparam>
    /// <param name="value">The map.</param>
    public static IReadOnlyDictionary<TKey, TValue> Map<TKey, TValue>(OrtValue value)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(value);
        using var keys = value.GetValue(0, OrtAllocator.DefaultInstance);
        using var values = value.GetValue(1, OrtAllocator.DefaultInstance);
        var (all, of) = (Elements<TKey>(keys), Elements<TValue>(values));
        var map = new Dictionary<TKey, TValue>(all.Length);
        for (var index = 0; index < all.Length; index++)
            map.Add(all[index], of[index]);
        return map;
    }

    /// <summary>A tensor of numbers for ONNX Runtime.</summary>
    /// <typeparam name="T">Its element type.</typeparam>
    /// <param name="tensor">It is copied.</param>
    public static OrtValue FromTensor<T>(ModelTensor<T> tensor)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return FromNumbers(tensor.Span, tensor.Shape);
    }

    /// <summary>A tensor of strings for ONNX Runtime.</summary>
    /// <param name="tensor">It is copied.</param>
    public static OrtValue FromTensor(ModelTensor<string> tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return FromStrings(tensor.Span, tensor.Shape);
    }

    /// <summary>A sequence for ONNX Runtime.</summary>
    /// <typeparam name="TItem">The type of its items.</typeparam>
    /// <param name="items">They are copied.</param>
    /// <param name="write">Makes ONNX Runtime's form of one item.</param>
    public static OrtValue FromSequence<TItem>(IReadOnlyList<TItem> items, Func<TItem, OrtValue> write)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(write);
        return OrtValue.CreateSequence([.. items.Select(write)]);
    }

    /// <summary>A map for ONNX Runtime.</summary>
    /// <typeparam name="TKey"><see cref="long"/> or <see cref="string"/>.</typeparam>
    /// <typeparam name="TValue">A number or <see cref="string"/>.</typeparam>
    /// <param name="map">It is copied.</param>
    public static OrtValue FromMap<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> map)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(map);
        OrtValue? keys = FromElements(map.Keys.ToArray());
        OrtValue? values = FromElements(map.Values.ToArray());
        return OrtValue.CreateMap(ref keys, ref values); // which takes them over
    }

    internal static OrtValue FromStrings(ReadOnlySpan<string> values, ReadOnlySpan<long> shape)
    {
        var tensor = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape.ToArray());
        try
        {
            for (var index = 0; index < values.Length; index++)
            {
                if (values[index] is null)
                    throw new ArgumentException($"The string at position {index} is null: ONNX has no such strings. Give an empty one.", nameof(values));
                tensor.StringTensorSetElementAt(values[index], index);
            }

            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    private static OrtValue FromNumbers<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        var tensor = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorSpec.ElementTypeOf<T>(), shape.ToArray());
        values.CopyTo(tensor.GetTensorMutableDataAsSpan<T>());
        return tensor;
    }

    private static OrtValue FromElements<T>(T[] values) => values switch
    {
        string[] strings => FromStrings(strings, [strings.Length]),
        long[] numbers => FromNumbers<long>(numbers, [numbers.Length]),
        float[] numbers => FromNumbers<float>(numbers, [numbers.Length]),
        double[] numbers => FromNumbers<double>(numbers, [numbers.Length]),
        int[] numbers => FromNumbers<int>(numbers, [numbers.Length]),
        _ => throw new NotSupportedException($"ONNX Runtime has no maps of {typeof(T).Name}."),
    };

    private static T[] Elements<T>(OrtValue tensor)
    {
        if (typeof(T) == typeof(string))
            return (T[])(object)tensor.GetStringTensorAsArray();
        return tensor.GetTensorTypeAndShape().ElementDataType switch
        {
            TensorElementType.Int64 => (T[])(object)tensor.GetTensorDataAsSpan<long>().ToArray(),
            TensorElementType.Float => (T[])(object)tensor.GetTensorDataAsSpan<float>().ToArray(),
            TensorElementType.Double => (T[])(object)tensor.GetTensorDataAsSpan<double>().ToArray(),
            TensorElementType.Int32 => (T[])(object)tensor.GetTensorDataAsSpan<int>().ToArray(),
            var type => throw new NotSupportedException($"Maps of {type} are not known."),
        };
    }
}
