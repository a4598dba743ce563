using Heed.Nn;
using Heed.Nn.Attention;
using Heed.Nn.Norms;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.Gpt2;

/// <summary>One layer of a GPT-2: attention and a feed-forward network, each normalised before and added to the residual stream.</summary>
/// <remarks>x = x + attention(norm(x)); x = x + feedForward(norm(x)). Radford et al. 2019, section 2.3.</remarks>
public sealed class Gpt2Block : Module
{
    private readonly float dropoutProbability;

    /// <summary>Creates a block of zeros, to be filled.</summary>
    /// <param name="config">Sizes and choices.</param>
    public Gpt2Block(Gpt2Config config)
    {
        ArgumentNullException.ThrowIfNull(config);
        dropoutProbability = config.Dropout;
        AttentionNorm = Child("ln_1", new LayerNorm(config.DModel, config.NormEpsilon));
        Attention = Child("attn", new Gpt2Attention(config));
        FeedForwardNorm = Child("ln_2", new LayerNorm(config.DModel, config.NormEpsilon));
        FeedForward = Child("mlp", new Gpt2FeedForward(config));
    }

    /// <summary>The normalisation before the attention.</summary>
    public LayerNorm AttentionNorm { get; }

    /// <summary>The attention.</summary>
    public Gpt2Attention Attention { get; }

    /// <summary>The normalisation before the feed-forward network.</summary>
    public LayerNorm FeedForwardNorm { get; }

    /// <summary>The feed-forward network.</summary>
    public Gpt2FeedForward FeedForward { get; }

    /// <summary>Applies the block.</summary>
    /// <param name="x">[tokens, dModel].</param>
    /// <param name="pattern">The sequences.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    /// <returns>[tokens, dModel].</returns>
    public Tensor Forward(Tensor x, AttentionPattern pattern, DropoutSource? dropout)
    {
        x = dropout.AddDropped(x, Attention.Forward(AttentionNorm.Forward(x), pattern, dropout), dropoutProbability);
        return dropout.AddDropped(x, FeedForward.Forward(FeedForwardNorm.Forward(x)), dropoutProbability);
    }
}
