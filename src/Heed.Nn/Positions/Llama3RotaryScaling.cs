namespace Heed.Nn.Positions;

/// <summary>Long wavelengths divided by a factor, short ones left alone, those in between by something in between.</summary>
/// <param name="Factor">The factor of the longest.</param>
/// <param name="LowFrequencyFactor">A wavelength longer than originalLength / this is long.</param>
/// <param name="HighFrequencyFactor">A wavelength shorter than originalLength / this is short; larger than the other.</param>
/// <param name="OriginalLength">The longest sequence of the first training.</param>
/// <remarks>LLaMA 3.1 ("The Llama 3 Herd of Models", 2024; the constants are in its configuration, the rule in its published code).</remarks>
public sealed record Llama3RotaryScaling(double Factor, double LowFrequencyFactor, double HighFrequencyFactor, int OriginalLength) : RotaryScaling
{
    /// <inheritdoc/>
    protected override double Scale(int pair, double speed)
    {
        double turns = OriginalLength * speed / (2 * Math.PI); // in a sequence of the original length
        double share = (turns - LowFrequencyFactor) / (HighFrequencyFactor - LowFrequencyFactor);
        return turns < LowFrequencyFactor ? speed / Factor
            : turns > HighFrequencyFactor ? speed
            : ((1 - share) * speed / Factor) + (share * speed);
    }
}
