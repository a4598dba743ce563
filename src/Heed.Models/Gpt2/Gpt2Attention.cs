using Heed.Nn;
using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.Gpt2;

/// <summary>Causal self-attention whose queries, keys and values come from one product.</summary>
/// <remarks>Radford et al. 2018, section 3.1, after Vaswani et al. 2017, section 3.2.2.</remarks>
public sealed class Gpt2Attention : Module
{
    private readonly Gpt2Config config;

    /// <summary>Creates a layer of zeros, to be filled.</summary>
    /// <param name="config">Sizes and choices.</param>
    public Gpt2Attention(Gpt2Config config)
    {
        ArgumentNullException.ThrowIfNull(config);
        this.config = config;
        InputProjection = Child("c_attn", new Linear(config.DModel, 3 * config.DModel, random: null));
        OutputProjection = Child("c_proj", new Linear(config.DModel, config.DModel, random: null));
    }

    /// <summary>The projections to queries, keys and values, one above the other: [3 * dModel, dModel].</summary>
    public Linear InputProjection { get; }

    /// <summary>The projection of all heads' contexts.</summary>
    public Linear OutputProjection { get; }

    /// <summary>Lets each token look at the tokens before it.</summary>
    /// <param name="x">[tokens, dModel].</param>
    /// <param name="pattern">The sequences.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    /// <returns>[tokens, dModel].</returns>
    public Tensor Forward(Tensor x, AttentionPattern pattern, DropoutSource? dropout)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        Tensor projected = InputProjection.Forward(x); // [tokens, 3 * dModel]
        AttentionSettings settings = pattern.ToSettings(config.NumHeads, config.AttentionDropout, dropout);
        Tensor Part(int index) => Ops.Slice(projected, -1, index * config.DModel, config.DModel);
        return OutputProjection.Forward(ScaledDotProductAttention.Forward(Part(0), Part(1), Part(2), settings));
    }
}
