namespace Heed.Models.Generation.Processors;

/// <summary>Divides all logits: below 1 likely tokens become likelier, above 1 all become more alike.</summary>
/// <remarks>Hugging Face's <c>TemperatureLogitsWarper</c>; Ackley et al. 1985, "A learning algorithm for Boltzmann machines".</remarks>
/// <param name="temperature">The divisor, above 0.</param>
public sealed class TemperatureProcessor(double temperature) : LogitsProcessor
{
    /// <inheritdoc/>
    public override void Apply(Span<float> logits, WrittenTokens written)
    {
        foreach (ref float logit in logits)
        {
            logit /= (float)temperature;
        }
    }
}
