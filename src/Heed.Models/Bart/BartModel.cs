using Heed.Models.Seq2Seq;
using Heed.Nn;
using Heed.Nn.Norms;
using Heed.Nn.Positions;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.Bart;

/// <summary>The original Transformer with a bias for each token in the output: BART (learned positions, normalised embeddings) and Marian (sines and cosines).</summary>
/// <remarks>Lewis et al. 2020, section 2.1; Junczys-Dowmunt et al. 2018. Source, target and output share one table.</remarks>
public sealed class BartModel : EncoderDecoderModel
{
    // BART's position tables begin with two rows that are never used, a habit of the library that it was trained with.
    private const int UnusedPositions = 2;

    private readonly Stack encoderInput;
    private readonly Stack decoderInput;

    private sealed record Stack(PositionEncoding Positions, LayerNorm? Norm);

    /// <summary>Makes a model.</summary>
    /// <param name="config">Its sizes; checked.</param>
    /// <param name="random">Draws the initial weights; null leaves them zero, to be loaded.</param>
    /// <exception cref="Configuration.ConfigException">The configuration makes no model.</exception>
    public BartModel(BartConfig config, RandomSource? random)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        Config = config;
        LogitsBias = config.LogitsBias ? Parameter("final_logits_bias", Tensor.Zeros(new Shape(1, config.VocabSize))) : null;
        TokenEmbedding = Child("shared", new Embedding(config.VocabSize, config.DModel, random, config.ScaleEmbeddings ? MathF.Sqrt(config.DModel) : 1f));
        encoderInput = NewStack("encoder", random);
        decoderInput = NewStack("decoder", random);
        Encoder = Child("encoder", new TransformerEncoder(config.EncoderLayer(), config.NumEncoderLayers, random));
        Decoder = Child("decoder", new TransformerDecoder(config.DecoderLayer(), config.NumDecoderLayers, random));
    }

    /// <inheritdoc/>
    public override BartConfig Config { get; }

    /// <summary>The vectors of source and target tokens; the output layer's weight too.</summary>
    public Embedding TokenEmbedding { get; }

    /// <summary>What is added to each token's scores, [1, vocabSize], or null.</summary>
    public Tensor? LogitsBias { get; }

    /// <inheritdoc/>
    public override TransformerEncoder Encoder { get; }

    /// <inheritdoc/>
    public override TransformerDecoder Decoder { get; }

    /// <inheritdoc/>
    protected internal override Tensor EmbedSource(ReadOnlyMemory<int> ids, ReadOnlyMemory<int> positions, DropoutSource? dropout = null) => Embed(encoderInput, ids, positions, dropout);

    /// <inheritdoc/>
    protected internal override Tensor EmbedTarget(ReadOnlyMemory<int> ids, ReadOnlyMemory<int> positions, DropoutSource? dropout = null) => Embed(decoderInput, ids, positions, dropout);

    /// <inheritdoc/>
    protected internal override Tensor Score(Tensor states) =>
        Ops.Linear(states, TokenEmbedding.Weight, LogitsBias is null ? null : Ops.Reshape(LogitsBias, new Shape(Config.VocabSize)));

    private Stack NewStack(string name, RandomSource? random) => new(
        Config.LearnedPositions
            ? Child(name + ".embed_positions", new LearnedPositions(Config.MaxLength + UnusedPositions, Config.DModel, random))
            : new SinusoidalPositions(Config.DModel, halves: true),
        Config.EmbeddingNorm ? Child(name + ".layernorm_embedding", new LayerNorm(Config.DModel)) : null);

    private Tensor Embed(Stack stack, ReadOnlyMemory<int> ids, ReadOnlyMemory<int> positions, DropoutSource? dropout)
    {
        int[] rows = positions.ToArray();
        foreach (ref int row in rows.AsSpan())
        {
            row += Config.LearnedPositions ? UnusedPositions : 0;
        }

        Tensor x = Ops.Add(TokenEmbedding.Forward(ids), stack.Positions.Forward(rows));
        return dropout.Drop(stack.Norm?.Forward(x) ?? x, Config.Dropout);
    }
}
