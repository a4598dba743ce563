using Heed.Nn.Attention;
using Heed.Nn.Norms;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Transformer;

/// <summary>Self-attention and a feed-forward network. With a causal pattern it is a layer of a decoder-only language model.</summary>
/// <remarks>Vaswani et al. 2017, section 3.1.</remarks>
public sealed class EncoderLayer : Module
{
    private readonly ResidualBranch attentionBranch;
    private readonly ResidualBranch feedForwardBranch;

    /// <summary>Creates a layer.</summary>
    /// <param name="config">Sizes and choices.</param>
    /// <param name="random">Draws the weights; null leaves them zero, to be loaded.</param>
    public EncoderLayer(TransformerLayerConfig config, RandomSource? random)
    {
        ArgumentNullException.ThrowIfNull(config);
        attentionBranch = new ResidualBranch(config);
        feedForwardBranch = new ResidualBranch(config);
        SelfAttention = Child("self_attn", new MultiHeadAttention(config.ToAttention(), random));
        Child("self_attn_layer_norm", attentionBranch.Norm);
        FeedForward = Child(string.Empty, config.CreateFeedForward(random));
        Child("final_layer_norm", feedForwardBranch.Norm);
    }

    /// <summary>The attention of the layer.</summary>
    public MultiHeadAttention SelfAttention { get; }

    /// <summary>The normalisation of the attention sub-layer.</summary>
    public Norm SelfAttentionNorm => attentionBranch.Norm;

    /// <summary>The feed-forward network.</summary>
    public FeedForwardNetwork FeedForward { get; }

    /// <summary>The normalisation of the feed-forward sub-layer.</summary>
    public Norm FeedForwardNorm => feedForwardBranch.Norm;

    /// <summary>Applies the layer to a packed batch.</summary>
    /// <param name="x">[tokens, dModel].</param>
    /// <param name="pattern">Which tokens see which: <see cref="AttentionPattern.Within"/> in an encoder.</param>
    /// <param name="cache">Receives the keys and values of x and supplies those of earlier tokens; null when x is everything.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    /// <param name="recorder">Receives the attention weights when not null.</param>
    /// <returns>[tokens, dModel].</returns>
    public Tensor Forward(Tensor x, AttentionPattern pattern, KeyValueCache? cache = null, DropoutSource? dropout = null, AttentionRecorder? recorder = null)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        x = attentionBranch.Forward(x, y => SelfAttention.Attend(y, SelfAttention.ProjectOwn(y, pattern, cache, dropout), pattern, dropout, recorder), dropout);
        return feedForwardBranch.Forward(x, y => FeedForward.Forward(y, dropout), dropout);
    }
}
