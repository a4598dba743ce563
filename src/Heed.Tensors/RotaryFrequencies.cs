using System.Collections.Immutable;

namespace Heed.Tensors;

/// <summary>How fast rotary positions turn each pair of a head's elements, in radians per position.</summary>
/// <remarks>Compared by value, so that whoever keeps tables of angles finds them again.</remarks>
public sealed class RotaryFrequencies : IEquatable<RotaryFrequencies>
{
    private readonly ImmutableArray<double> speeds;
    private readonly int hash;

    /// <summary>Creates them from the speed of each pair.</summary>
    /// <param name="speeds">One for each pair of a head; at least one.</param>
    /// <exception cref="ArgumentException">There are none, or one is not finite.</exception>
    public RotaryFrequencies(params ReadOnlySpan<double> speeds)
    {
        if (speeds.IsEmpty)
        {
            throw new ArgumentException("rotary positions turn pairs of elements, and there are none", nameof(speeds));
        }

        var code = new HashCode();
        foreach (double speed in speeds)
        {
            if (!double.IsFinite(speed))
            {
                throw new ArgumentException($"a rotary frequency is {speed}", nameof(speeds));
            }

            code.Add(speed);
        }

        this.speeds = [.. speeds];
        hash = code.ToHashCode();
    }

    /// <summary>The width of a head: two elements for each speed.</summary>
    public int HeadDim => 2 * speeds.Length;

    /// <summary>The speed of each pair.</summary>
    public ReadOnlySpan<double> Speeds => speeds.AsSpan();

    /// <summary>The usual speeds, theta^(-2i / headDim) for pair i.</summary>
    /// <param name="headDim">The width of a head; even.</param>
    /// <param name="theta">The base of the wavelengths.</param>
    /// <remarks>Su et al. 2021, section 3.3, equation 15.</remarks>
    /// <exception cref="ShapeException">headDim is odd or less than 2.</exception>
    public static RotaryFrequencies Geometric(int headDim, float theta)
    {
        if (headDim < 2 || headDim % 2 != 0)
        {
            throw new ShapeException($"RotaryPositions: headDim {headDim} holds no pairs of elements; it must be even");
        }

        Span<double> speeds = headDim <= 512 ? stackalloc double[headDim / 2] : new double[headDim / 2];
        for (int pair = 0; pair < speeds.Length; pair++)
        {
            speeds[pair] = Math.Pow(theta, -2.0 * pair / headDim);
        }

        return new RotaryFrequencies(speeds);
    }

    /// <inheritdoc/>
    public bool Equals(RotaryFrequencies? other) =>
        ReferenceEquals(this, other) || (other is not null && hash == other.hash && Speeds.SequenceEqual(other.Speeds));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RotaryFrequencies);

    /// <inheritdoc/>
    public override int GetHashCode() => hash;
}
