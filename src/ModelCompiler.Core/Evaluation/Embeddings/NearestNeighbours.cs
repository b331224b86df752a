using System.Numerics.Tensors;

namespace ModelCompiler.Evaluation.Embeddings;

/// <summary>Which of a set of vectors is the most similar to each of them, itself left out: by the cosine of the angle between the two.</summary>
internal static class NearestNeighbours
{
    /// <summary>There is none.</summary>
    public const int None = -1;

    /// <summary>The place of each vector's neighbour; the first of equally similar ones.</summary>
    /// <param name="vectors">Of unit length; null stands for an answer without direction, which has no neighbour and is nobody's.</param>
    public static int[] Of(IReadOnlyList<float[]?> vectors)
    {
        var nearest = new int[vectors.Count];
        var similarities = new float[vectors.Count];
        Array.Fill(nearest, None);
        Array.Fill(similarities, float.NegativeInfinity);
        for (var i = 0; i < vectors.Count; i++)
        {
            for (var j = 0; j < i && vectors[i] is not null; j++)
            {
                if (vectors[j] is null)
                    continue;
                var similarity = TensorPrimitives.Dot(vectors[i], vectors[j]);
                if (similarity > similarities[i])
                    (nearest[i], similarities[i]) = (j, similarity);
                if (similarity > similarities[j])
                    (nearest[j], similarities[j]) = (i, similarity);
            }
        }

        return nearest;
    }
}
