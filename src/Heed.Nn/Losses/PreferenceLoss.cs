using Heed.Tensors;

namespace Heed.Nn.Losses;

/// <summary>Direct preference optimisation: of two answers, the preferred one becomes likelier than the other, measured against where the model began.</summary>
/// <param name="beta">How strictly the model is held to where it began; positive. Small values let it go far.</param>
/// <param name="labelSmoothing">The probability that the preference is the wrong way round, in [0, 0.5).</param>
/// <remarks>
/// <para>z = beta * ((log pi(c) - log ref(c)) - (log pi(r) - log ref(r))); loss = -(1 - s) log sigmoid(z) - s log sigmoid(-z). Rafailov et al. 2023,
/// equation 7; the smoothing is that of Mitchell 2023, "A note on DPO with noisy preferences".</para>
/// <para>A model that is where it began has z = 0 and the loss ln 2.</para>
/// </remarks>
public sealed class PreferenceLoss(float beta = 0.1f, float labelSmoothing = 0f)
{
    /// <summary>By how much more the model has come to prefer each preferred answer to the other: the difference of their implicit rewards, z.</summary>
    /// <param name="policy">The log-probabilities under the model, [2 * pairs, 1]: of all preferred answers, then of all others in the same order.</param>
    /// <param name="reference">The same under the model that training began with.</param>
    /// <returns>[pairs, 1].</returns>
    /// <exception cref="ShapeException">The shapes differ, or are no column of pairs.</exception>
    public Tensor Margins(Tensor policy, Tensor reference)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(reference);
        if (policy.Shape != reference.Shape || policy.Shape.Rank != 2 || policy.Shape[1] != 1 || policy.Shape[0] % 2 != 0)
        {
            throw new ShapeException($"PreferenceLoss: log-probabilities {policy.Shape} and {reference.Shape}; both must be [2 * pairs, 1]");
        }

        int pairs = policy.Shape[0] / 2;
        Tensor ratios = Ops.Subtract(policy, reference); // how much likelier than in the beginning
        return Ops.Scale(Ops.Subtract(Ops.Slice(ratios, 0, 0, pairs), Ops.Slice(ratios, 0, pairs, pairs)), beta);
    }

    /// <summary>Computes the mean loss.</summary>
    /// <inheritdoc cref="Margins" path="/param"/>
    /// <returns>A scalar.</returns>
    /// <exception cref="ShapeException">The shapes differ, or are no column of pairs.</exception>
    public Tensor Forward(Tensor policy, Tensor reference) => OfMargins(Margins(policy, reference));

    /// <summary>Computes the mean loss where the margins are known.</summary>
    /// <param name="margins">What <see cref="Margins"/> gives, [pairs, 1].</param>
    /// <returns>A scalar.</returns>
    public Tensor OfMargins(Tensor margins)
    {
        ArgumentNullException.ThrowIfNull(margins);
        Tensor choices = Ops.Concat(1, margins, Tensor.Zeros(margins.Shape, margins.Device)); // softmax([z, 0]) = [sigmoid(z), sigmoid(-z)]
        return new CrossEntropyLoss(2 * labelSmoothing).Forward(choices, new int[margins.Shape[0]]);
    }
}
