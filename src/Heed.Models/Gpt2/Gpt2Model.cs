using Heed.Nn;
using Heed.Nn.Attention;
using Heed.Nn.Losses;
using Heed.Nn.Norms;
using Heed.Nn.Positions;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.Gpt2;

/// <summary>GPT-2: a decoder-only Transformer that predicts the next token of a text.</summary>
/// <remarks>
/// Radford et al. 2019, "Language models are unsupervised multitask learners", section 2.3. Positions are learned, norms precede
/// the sub-layers, and the output layer's weight is the table of the tokens' vectors. Parameters have the names of the published
/// checkpoints; of their linear layers those store the transposes, [in, out].
/// </remarks>
public sealed class Gpt2Model : Module
{
    private const double WeightDeviation = 0.02;

    /// <summary>Makes a model.</summary>
    /// <param name="config">Its sizes; checked.</param>
    /// <param name="random">Draws the initial weights; null leaves them zero, to be loaded.</param>
    /// <exception cref="Configuration.ConfigException">The configuration makes no model.</exception>
    public Gpt2Model(Gpt2Config config, RandomSource? random)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        Config = config;
        TokenEmbedding = Child("transformer.wte", new Embedding(config.VocabSize, config.DModel, random: null));
        PositionEmbedding = Child("transformer.wpe", new LearnedPositions(config.MaxLength, config.DModel, random: null));
        Blocks = Children("transformer.h", config.NumLayers, _ => new Gpt2Block(config));
        FinalNorm = Child("transformer.ln_f", new LayerNorm(config.DModel, config.NormEpsilon));
        Output = new Linear(TokenEmbedding.Weight);
        if (random is not null)
        {
            Initialize(random);
        }
    }

    /// <summary>The sizes and choices.</summary>
    public Gpt2Config Config { get; }

    /// <summary>The vectors of tokens.</summary>
    public Embedding TokenEmbedding { get; }

    /// <summary>The vectors of positions.</summary>
    public LearnedPositions PositionEmbedding { get; }

    /// <summary>The blocks, the first one first.</summary>
    public IReadOnlyList<Gpt2Block> Blocks { get; }

    /// <summary>The normalisation after the last block.</summary>
    public LayerNorm FinalNorm { get; }

    /// <summary>From the last states to scores of every token, by likeness to the token's vector.</summary>
    public Linear Output { get; }

    /// <summary>The scores of every token at every position, given the tokens up to it.</summary>
    /// <param name="ids">The texts one after another.</param>
    /// <param name="texts">Where each text lies.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <returns>[tokens, vocabSize].</returns>
    /// <exception cref="ArgumentException">The texts do not cover the tokens, or one is longer than the model's positions.</exception>
    public Tensor Logits(ReadOnlyMemory<int> ids, Segments texts, DropoutSource? dropout = null) => Output.Forward(States(ids, texts, dropout));

    /// <summary>The mean cross-entropy of the next tokens, in nats.</summary>
    /// <param name="ids">The texts one after another.</param>
    /// <param name="labels">For each token the one that follows it, or -1 where nothing is to be predicted.</param>
    /// <param name="texts">Where each text lies.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <exception cref="ArgumentException">The texts do not cover the tokens, or one is longer than the model's positions.</exception>
    public Tensor Loss(ReadOnlyMemory<int> ids, ReadOnlyMemory<int> labels, Segments texts, DropoutSource? dropout = null) =>
        new CrossEntropyLoss(ignoredTarget: -1).Forward(States(ids, texts, dropout), Output, labels);

    /// <summary>The states after the last block and its norm.</summary>
    /// <param name="ids">The texts one after another.</param>
    /// <param name="texts">Where each text lies.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <returns>[tokens, dModel].</returns>
    /// <exception cref="ArgumentException">The texts do not cover the tokens, or one is longer than the model's positions.</exception>
    public Tensor States(ReadOnlyMemory<int> ids, Segments texts, DropoutSource? dropout = null)
    {
        GuardTexts(ids, texts);
        var pattern = AttentionPattern.CausalWithin(texts);
        Tensor x = Ops.Add(TokenEmbedding.Forward(ids), PositionEmbedding.Forward(texts.RowPositions)); // [tokens, dModel]
        x = dropout.Drop(x, Config.EmbeddingDropout);
        foreach (Gpt2Block block in Blocks)
        {
            x = block.Forward(x, pattern, dropout);
        }

        return FinalNorm.Forward(x);
    }

    private void GuardTexts(ReadOnlyMemory<int> ids, Segments texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Rows != ids.Length)
        {
            throw new ArgumentException($"the texts cover {texts.Rows} tokens, but {ids.Length} were given", nameof(ids));
        }

        if (texts.MaxLength > Config.MaxLength)
        {
            int longest = texts.Lengths.IndexOf(texts.MaxLength);
            throw new ArgumentException($"text {longest} has {texts.MaxLength} tokens, more than the model's maxLength {Config.MaxLength}; split it", nameof(texts));
        }
    }

    // All matrices normal; those that write to the residual stream narrower the more of them there are, so that its variance
    // does not grow with depth (section 2.3). Biases stay 0 and gains 1.
    private void Initialize(RandomSource random)
    {
        double residualDeviation = WeightDeviation / Math.Sqrt(2 * Config.NumLayers);
        foreach ((string name, Tensor tensor) in NamedParameters().Where(parameter => parameter.Tensor.Shape.Rank == 2))
        {
            double deviation = name.EndsWith("c_proj.weight", StringComparison.Ordinal) ? residualDeviation : WeightDeviation;
            random.FillNormal(tensor.MutableValues(), mean: 0, deviation);
        }
    }
}
