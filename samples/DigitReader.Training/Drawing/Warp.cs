using System.Numerics;

namespace DigitReader.Training.Drawing;

/// <summary>A smooth deformation of the plane: proportions, bend, elastic waves, then slant, rotation and aspect.</summary>
internal sealed class Warp
{
    private readonly float _balance;
    private readonly Vector2 _taper;
    private readonly Vector2 _bend;
    private readonly Wave[] _waves;
    private readonly Matrix3x2 _affine;

    private Warp(RandomSource random)
    {
        _balance = Math.Clamp(random.Normal(0.28f), -0.75f, 0.75f);
        _taper = new Vector2(random.Normal(0.25f), random.Normal(0.12f));
        _bend = new Vector2(random.Normal(0.14f), random.Normal(0.12f));
        var amplitude = random.Between(0f, 0.045f);
        _waves = [new(random, amplitude), new(random, amplitude), new(random, amplitude)];
        _affine = RandomAffine(random);
    }

    /// <summary>A deformation that leaves a digit readable.</summary>
    public static Warp Random(RandomSource random) => new(random);

    /// <summary>Where a point of the unit-high grid ends up.</summary>
    public Vector2 Apply(Vector2 point)
    {
        // A larger upper or lower half; monotone, because the balance stays below one.
        var y = point.Y + (_balance * point.Y * (1f - point.Y));
        var centred = new Vector2(point.X - 0.32f, y - 0.5f);
        var warped = new Vector2(
            (centred.X * (1f + (_taper.X * centred.Y * 2f))) + (_bend.X * centred.Y * centred.Y),
            (centred.Y * (1f + (_taper.Y * centred.X * 2f))) + (_bend.Y * centred.X * centred.X));
        foreach (var wave in _waves)
            warped += wave.At(centred);
        return Vector2.Transform(warped, _affine);
    }

    private static Matrix3x2 RandomAffine(RandomSource random)
    {
        var aspect = 1f + Math.Clamp(random.Normal(0.22f), -0.45f, 0.6f);
        var slant = -0.12f + random.Normal(0.24f);
        var shear = new Matrix3x2(1f, 0f, slant, 1f, 0f, 0f);
        return Matrix3x2.CreateScale(aspect, 1f) * shear * Matrix3x2.CreateRotation(random.Normal(0.12f));
    }

    /// <summary>One low-frequency displacement: less than two cycles over the height of a digit, as elastic distortion.</summary>
    private sealed class Wave(RandomSource random, float amplitude)
    {
        private readonly Vector2 _frequency = new(random.Normal(5f), random.Normal(5f));
        private readonly Vector2 _phase = new(random.Between(0f, 6.28f), random.Between(0f, 6.28f));
        private readonly Vector2 _amplitude = new(random.Normal(amplitude), random.Normal(amplitude));

        public Vector2 At(Vector2 point)
        {
            var angle = Vector2.Dot(_frequency, point);
            return new Vector2(_amplitude.X * MathF.Sin(angle + _phase.X), _amplitude.Y * MathF.Sin(angle + _phase.Y));
        }
    }
}
