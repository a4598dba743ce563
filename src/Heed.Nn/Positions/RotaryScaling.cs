using Heed.Tensors;

namespace Heed.Nn.Positions;

/// <summary>A way to slow rotary positions down, so that a model reads longer sequences than it was first trained for.</summary>
public abstract record RotaryScaling
{
    /// <summary>The speeds after scaling.</summary>
    /// <param name="frequencies">The speeds before.</param>
    public RotaryFrequencies Scale(RotaryFrequencies frequencies)
    {
        ArgumentNullException.ThrowIfNull(frequencies);
        double[] speeds = frequencies.Speeds.ToArray();
        for (int pair = 0; pair < speeds.Length; pair++)
        {
            speeds[pair] = Scale(pair, speeds[pair]);
        }

        return new RotaryFrequencies(speeds);
    }

    /// <summary>The speed of a pair after scaling, in radians per position.</summary>
    /// <param name="pair">The number of the pair in its head.</param>
    /// <param name="speed">The speed before.</param>
    protected abstract double Scale(int pair, double speed);
}
