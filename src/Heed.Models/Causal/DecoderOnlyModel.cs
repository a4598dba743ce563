using Heed.Models.Decoding;
using Heed.Nn;
using Heed.Nn.Attention;
using Heed.Nn.Losses;
using Heed.Nn.Positions;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.Causal;

/// <summary>A stack of pre-norm layers with causal self-attention, and nothing else: the architecture of GPT-2, LLaMA, Mistral and Qwen2.</summary>
/// <remarks>
/// Radford et al. 2019 (GPT-2: learned positions, layer norms, GELU); Touvron et al. 2023 (LLaMA: rotary positions, RMS norms, SwiGLU, no
/// biases; grouped queries since LLaMA 2). The layers are <see cref="EncoderLayer"/>s with a causal pattern.
/// </remarks>
public sealed class DecoderOnlyModel : CausalLanguageModel
{
    /// <summary>Makes a model.</summary>
    /// <param name="config">Its sizes and choices; checked.</param>
    /// <param name="random">Draws the initial weights; null leaves them zero, to be loaded.</param>
    /// <exception cref="Configuration.ConfigException">The configuration makes no model.</exception>
    public DecoderOnlyModel(DecoderOnlyConfig config, RandomSource? random)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        Config = config;
        TokenEmbedding = Child("embed_tokens", new Embedding(config.VocabSize, config.DModel, random));
        Positions = config.Rotary is null ? Child("embed_positions", new LearnedPositions(config.MaxLength, config.DModel, random)) : null;
        Body = Child(string.Empty, new TransformerEncoder(config.Layer(), config.NumLayers, random));
        Output = config.TieOutput ? new Linear(TokenEmbedding.Weight) : Child("lm_head", new Linear(config.DModel, config.VocabSize, random, bias: false));
    }

    /// <summary>The sizes and choices.</summary>
    public DecoderOnlyConfig Config { get; }

    /// <summary>The tokens' vectors.</summary>
    public Embedding TokenEmbedding { get; }

    /// <summary>The positions' vectors; null where positions are rotary.</summary>
    public LearnedPositions? Positions { get; }

    /// <summary>The layers and the last norm.</summary>
    public TransformerEncoder Body { get; }

    /// <summary>From states to scores of every token.</summary>
    public Linear Output { get; }

    /// <inheritdoc/>
    public override int VocabSize => Config.VocabSize;

    /// <inheritdoc/>
    public override int MaxLength => Config.MaxLength;

    /// <inheritdoc/>
    public override Tensor States(ReadOnlyMemory<int> ids, Segments sequences, DropoutSource? dropout = null, AttentionRecorder? recorder = null)
    {
        GuardLengths(ids, sequences);
        Tensor x = Embed(ids, sequences.RowPositions, dropout); // [tokens, dModel]
        return Body.Forward(x, Pattern(sequences), caches: null, dropout, recorder);
    }

    /// <inheritdoc/>
    public override Tensor Logits(ReadOnlyMemory<int> ids, Segments sequences, DropoutSource? dropout = null, AttentionRecorder? recorder = null) =>
        Output.Forward(States(ids, sequences, dropout, recorder)); // [tokens, vocabSize]

    /// <inheritdoc/>
    public override Tensor Loss(TextBatch batch, DropoutSource? dropout = null, float labelSmoothing = 0)
    {
        (Tensor states, int[] labels) = LabelledStates(batch, dropout);
        return new CrossEntropyLoss(labelSmoothing).Forward(states, Output, labels);
    }

    /// <inheritdoc/>
    public override DecodingSession Begin(ReadOnlyMemory<int> promptIds, Segments prompts, PromptCache? prefix = null)
    {
        GuardLengths(promptIds, prompts);
        prefix?.Guard(this);
        return new DecoderOnlySession(this, promptIds, prompts, prefix);
    }

    /// <inheritdoc/>
    public override PromptCache ReadPrefix(ReadOnlyMemory<int> ids)
    {
        var sequence = Segments.FromLengths(ids.Length);
        GuardLengths(ids, sequence);
        if (ids.IsEmpty)
        {
            throw new ArgumentException("a prefix needs one token at least", nameof(ids));
        }

        return PromptCache.Read(this, ids, sequence);
    }

    /// <summary>The vectors that the first layer reads.</summary>
    /// <param name="ids">The tokens.</param>
    /// <param name="positions">The position of each token in its sequence.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <returns>[tokens, dModel].</returns>
    public Tensor Embed(ReadOnlyMemory<int> ids, ReadOnlyMemory<int> positions, DropoutSource? dropout = null)
    {
        Tensor x = TokenEmbedding.Forward(ids);
        return dropout.Drop(Positions is null ? x : Ops.Add(x, Positions.Forward(positions)), Config.Dropout);
    }

    /// <summary>Who sees whom: each token itself and those before it, as far as the window reaches.</summary>
    /// <param name="sequences">The sequences.</param>
    public AttentionPattern Pattern(Segments sequences) => AttentionPattern.CausalWithin(sequences) with { Window = Config.Window };

    /// <inheritdoc/>
    protected override Tensor LabelLosses(TextBatch batch, DropoutSource? dropout)
    {
        (Tensor states, int[] labels) = LabelledStates(batch, dropout);
        return Ops.CrossEntropy(Output.Forward(states, dropout), labels);
    }

    // The output layer is large, and scores only the places that have a label.
    private (Tensor States, int[] Labels) LabelledStates(TextBatch batch, DropoutSource? dropout)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Tensor states = States(batch.Ids, batch.Sequences, dropout); // [tokens, dModel]
        if (batch.LabelCount == batch.LabelIds.Length)
        {
            return (states, batch.LabelIds);
        }

        int[] places = batch.LabelledPlaces();
        return (Ops.Embedding(states, places), Array.ConvertAll(places, place => batch.LabelIds[place]));
    }

    private void GuardLengths(ReadOnlyMemory<int> ids, Segments sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        if (sequences.Rows != ids.Length)
        {
            throw new ArgumentException($"the sequences cover {sequences.Rows} tokens, but {ids.Length} were given", nameof(ids));
        }

        if (sequences.MaxLength > MaxLength)
        {
            int longest = sequences.Lengths.IndexOf(sequences.MaxLength);
            throw new ArgumentException($"sequence {longest} has {sequences.MaxLength} tokens, more than the model's maxLength {MaxLength}; shorten it", nameof(sequences));
        }
    }
}
