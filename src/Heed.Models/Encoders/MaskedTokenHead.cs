using Heed.Nn;
using Heed.Nn.Norms;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.Encoders;

/// <summary>Scores every token at every position: a layer, a norm, then likeness to the token's vector, and a bias for each token.</summary>
/// <remarks>Devlin et al. 2019, section 3.1; the layer and the norm are in its published code.</remarks>
public sealed class MaskedTokenHead : Module
{
    private readonly Activation activation;

    /// <summary>Creates a head.</summary>
    /// <param name="config">The encoder's sizes.</param>
    /// <param name="random">Draws the weights; null leaves them zero, to be loaded.</param>
    public MaskedTokenHead(EncoderConfig config, RandomSource? random)
    {
        ArgumentNullException.ThrowIfNull(config);
        activation = config.HeadActivation;
        Transform = Child("dense", new Linear(config.DModel, config.DModel, random));
        Norm = Child("layer_norm", new LayerNorm(config.DModel, config.NormEpsilon));
        Bias = Parameter("bias", Tensor.Zeros(new Shape(config.VocabSize)));
    }

    /// <summary>The layer.</summary>
    public Linear Transform { get; }

    /// <summary>The norm behind it.</summary>
    public LayerNorm Norm { get; }

    /// <summary>What is added to each token's scores, [vocabSize].</summary>
    public Tensor Bias { get; }

    /// <summary>Scores the tokens.</summary>
    /// <param name="states">[rows, dModel].</param>
    /// <param name="table">The tokens' vectors, [vocabSize, dModel].</param>
    /// <returns>[rows, vocabSize].</returns>
    public Tensor Forward(Tensor states, Tensor table) =>
        Ops.Linear(Transformed(states), table, Bias);

    /// <summary>The mean cross-entropy of the tokens that should be there; no more than a tile of the scores is ever in memory.</summary>
    /// <param name="states">[rows, dModel].</param>
    /// <param name="table">The tokens' vectors, [vocabSize, dModel].</param>
    /// <param name="labels">One token for each row.</param>
    /// <param name="labelSmoothing">The share of probability spread over the whole vocabulary, in [0, 1).</param>
    /// <returns>A scalar in nats; 0 without rows.</returns>
    public Tensor Loss(Tensor states, Tensor table, ReadOnlyMemory<int> labels, float labelSmoothing = 0) =>
        Ops.LinearCrossEntropy(Transformed(states), table, Bias, labels, labelSmoothing, TextBatch.NoLabel, 1f / Math.Max(1, labels.Length));

    private Tensor Transformed(Tensor states) => Norm.Forward(Ops.Activate(Transform.Forward(states), activation));
}
