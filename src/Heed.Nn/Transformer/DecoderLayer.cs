using Heed.Nn.Attention;
using Heed.Nn.Norms;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Transformer;

/// <summary>Causal self-attention, cross-attention to the encoder's output, and a feed-forward network.</summary>
/// <remarks>Vaswani et al. 2017, section 3.1. Training and cached decoding run the same code; the cache only adds earlier rows.</remarks>
public sealed class DecoderLayer : Module
{
    private readonly ResidualBranch selfBranch;
    private readonly ResidualBranch crossBranch;
    private readonly ResidualBranch feedForwardBranch;

    /// <summary>Creates a layer.</summary>
    /// <param name="config">Sizes and choices.</param>
    /// <param name="random">Draws the weights; null leaves them zero, to be loaded.</param>
    public DecoderLayer(TransformerLayerConfig config, RandomSource? random)
    {
        ArgumentNullException.ThrowIfNull(config);
        selfBranch = new ResidualBranch(config);
        crossBranch = new ResidualBranch(config);
        feedForwardBranch = new ResidualBranch(config);
        SelfAttention = Child("self_attn", new MultiHeadAttention(config.ToAttention(), random));
        Child("self_attn_layer_norm", selfBranch.Norm);
        CrossAttention = Child("encoder_attn", new MultiHeadAttention(config.ToAttention(), random));
        Child("encoder_attn_layer_norm", crossBranch.Norm);
        FeedForward = Child(string.Empty, config.CreateFeedForward(random));
        Child("final_layer_norm", feedForwardBranch.Norm);
    }

    /// <summary>The attention to the tokens written so far.</summary>
    public MultiHeadAttention SelfAttention { get; }

    /// <summary>The normalisation of the self-attention sub-layer.</summary>
    public Norm SelfAttentionNorm => selfBranch.Norm;

    /// <summary>The attention to the encoder's output.</summary>
    public MultiHeadAttention CrossAttention { get; }

    /// <summary>The normalisation of the cross-attention sub-layer.</summary>
    public Norm CrossAttentionNorm => crossBranch.Norm;

    /// <summary>The feed-forward network.</summary>
    public FeedForwardNetwork FeedForward { get; }

    /// <summary>The normalisation of the feed-forward sub-layer.</summary>
    public Norm FeedForwardNorm => feedForwardBranch.Norm;

    /// <summary>Applies the layer to a packed batch.</summary>
    /// <param name="x">[tokens, dModel].</param>
    /// <param name="memory">The encoder's output, projected by <see cref="CrossAttention"/>.</param>
    /// <param name="pattern">Who sees whom.</param>
    /// <param name="cache">Receives the keys and values of x and supplies those of earlier tokens; null when x is everything.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    /// <param name="recorder">Receives the attention weights when not null.</param>
    /// <returns>[tokens, dModel].</returns>
    public Tensor Forward(Tensor x, KeyValues memory, DecoderPattern pattern, KeyValueCache? cache = null, DropoutSource? dropout = null, AttentionRecorder? recorder = null)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        x = selfBranch.Forward(x, y => SelfAttention.Attend(y, SelfAttention.ProjectOwn(y, pattern.Self, cache, dropout), pattern.Self, dropout, recorder), dropout);
        x = crossBranch.Forward(x, y => CrossAttention.Attend(y, memory, pattern.Cross, dropout, recorder), dropout);
        return feedForwardBranch.Forward(x, y => FeedForward.Forward(y, dropout), dropout);
    }
}
