namespace Heed.Nn.Positions;

/// <summary>All positions divided by a factor: a sequence that many times as long spans the angles that the model knows.</summary>
/// <param name="Factor">The factor.</param>
/// <remarks>Chen et al. 2023, "Extending Context Window of Large Language Models via Positional Interpolation", equation 4.</remarks>
public sealed record LinearRotaryScaling(double Factor) : RotaryScaling
{
    /// <inheritdoc/>
    protected override double Scale(int pair, double speed) => speed / Factor;
}
