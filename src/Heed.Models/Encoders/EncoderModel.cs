using Heed.Models.Classification;
using Heed.Nn;
using Heed.Nn.Attention;
using Heed.Nn.Norms;
using Heed.Nn.Positions;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.Encoders;

/// <summary>A stack of layers in which every token sees its whole sequence: the architecture of BERT, RoBERTa and DistilBERT, with their heads.</summary>
/// <remarks>Devlin et al. 2019, section 3. Post-norm layers over the normalised sum of token, position and token-type vectors.</remarks>
public sealed class EncoderModel : Module, ISequenceClassifier
{
    /// <summary>Makes a model.</summary>
    /// <param name="config">Its sizes and choices; checked.</param>
    /// <param name="random">Draws the initial weights; null leaves them zero, to be loaded.</param>
    /// <exception cref="Configuration.ConfigException">The configuration makes no model.</exception>
    public EncoderModel(EncoderConfig config, RandomSource? random)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        Config = config;
        TokenEmbedding = Child("embed_tokens", new Embedding(config.VocabSize, config.DModel, random));
        Positions = Child("embed_positions", new LearnedPositions(config.NumPositions, config.DModel, random));
        TokenTypes = config.NumTokenTypes > 0 ? Child("embed_types", new Embedding(config.NumTokenTypes, config.DModel, random)) : null;
        EmbeddingNorm = Child("embed_norm", new LayerNorm(config.DModel, config.NormEpsilon));
        Body = Child(string.Empty, new TransformerEncoder(config.Layer(), config.NumLayers, random));
        Pooler = config.HasPooler ? Child("pooler", new Linear(config.DModel, config.DModel, random)) : null;
        Classifier = config.Head == EncoderHead.Classes ? Child("classifier", new Linear(config.DModel, config.NumClasses, random)) : null;
        TokenHead = config.Head == EncoderHead.MaskedTokens ? Child("lm_head", new MaskedTokenHead(config, random)) : null;
    }

    /// <summary>The sizes and choices.</summary>
    public EncoderConfig Config { get; }

    /// <summary>The tokens' vectors.</summary>
    public Embedding TokenEmbedding { get; }

    /// <summary>The positions' vectors.</summary>
    public LearnedPositions Positions { get; }

    /// <summary>The vectors of the kinds of sequences, or null.</summary>
    public Embedding? TokenTypes { get; }

    /// <summary>The norm of the vectors' sum.</summary>
    public LayerNorm EmbeddingNorm { get; }

    /// <summary>The layers.</summary>
    public TransformerEncoder Body { get; }

    /// <summary>The layer of each sequence's first state, or null.</summary>
    public Linear? Pooler { get; }

    /// <summary>Scores classes, or null.</summary>
    public Linear? Classifier { get; }

    /// <summary>Scores tokens, or null.</summary>
    public MaskedTokenHead? TokenHead { get; }

    /// <inheritdoc/>
    int ISequenceClassifier.NumClasses => Config.NumClasses;

    /// <inheritdoc/>
    int ISequenceClassifier.NumLayers => Config.NumLayers;

    /// <inheritdoc/>
    int ISequenceClassifier.VocabSize => Config.VocabSize;

    /// <inheritdoc/>
    int ISequenceClassifier.MaxLength => Config.MaxLength;

    /// <summary>The vectors that the first layer reads.</summary>
    /// <param name="ids">The tokens of all sequences, one sequence after another.</param>
    /// <param name="sequences">Where each sequence lies.</param>
    /// <param name="tokenTypes">The kind of each token; empty is kind 0 for all.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <returns>[tokens, dModel].</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, or a sequence is longer than the model reads.</exception>
    public Tensor Embed(ReadOnlyMemory<int> ids, Segments sequences, ReadOnlyMemory<int> tokenTypes = default, DropoutSource? dropout = null)
    {
        GuardLengths(ids, sequences, tokenTypes);
        int[] positions = sequences.Positions();
        foreach (ref int position in positions.AsSpan())
        {
            position += Config.FirstPosition;
        }

        Tensor x = Ops.Add(TokenEmbedding.Forward(ids), Positions.Forward(positions));
        if (TokenTypes is not null)
        {
            x = Ops.Add(x, TokenTypes.Forward(tokenTypes.IsEmpty ? new int[ids.Length] : tokenTypes));
        }

        return dropout.Drop(EmbeddingNorm.Forward(x), Config.Dropout);
    }

    /// <summary>The states after the last layer, one for each token.</summary>
    /// <param name="ids">The tokens of all sequences, one sequence after another.</param>
    /// <param name="sequences">Where each sequence lies.</param>
    /// <param name="tokenTypes">The kind of each token; empty is kind 0 for all.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <param name="recorder">Receives the attention weights, or null.</param>
    /// <returns>[tokens, dModel].</returns>
    public Tensor States(ReadOnlyMemory<int> ids, Segments sequences, ReadOnlyMemory<int> tokenTypes = default, DropoutSource? dropout = null, AttentionRecorder? recorder = null) =>
        Body.Forward(Embed(ids, sequences, tokenTypes, dropout), AttentionPattern.Within(sequences), caches: null, dropout, recorder);

    /// <summary>The scores of every token at every position.</summary>
    /// <inheritdoc cref="Embed" path="/param"/>
    /// <returns>[tokens, vocabSize].</returns>
    /// <exception cref="InvalidOperationException">The model has no head for tokens.</exception>
    public Tensor TokenLogits(ReadOnlyMemory<int> ids, Segments sequences, ReadOnlyMemory<int> tokenTypes = default, DropoutSource? dropout = null) =>
        GuardTokenHead().Forward(States(ids, sequences, tokenTypes, dropout), TokenEmbedding.Weight);

    /// <summary>The mean cross-entropy of the hidden tokens, in nats. Only the places that have a label are scored.</summary>
    /// <param name="batch">Sequences, and what was hidden in them.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <param name="labelSmoothing">The share of probability spread over the whole vocabulary, in [0, 1).</param>
    /// <exception cref="InvalidOperationException">The model has no head for tokens.</exception>
    public Tensor TokenLoss(TextBatch batch, DropoutSource? dropout = null, float labelSmoothing = 0)
    {
        ArgumentNullException.ThrowIfNull(batch);
        int[] places = [.. Enumerable.Range(0, batch.LabelIds.Length).Where(place => batch.LabelIds[place] != TextBatch.NoLabel)];
        Tensor asked = Ops.Embedding(States(batch.Ids, batch.Sequences, default, dropout), places);
        return GuardTokenHead().Loss(asked, TokenEmbedding.Weight, Array.ConvertAll(places, place => batch.LabelIds[place]), labelSmoothing);
    }

    /// <inheritdoc/>
    Tensor ISequenceClassifier.ClassLogits(ReadOnlyMemory<int> ids, Segments sequences, DropoutSource? dropout) => ClassLogits(ids, sequences, tokenTypes: default, dropout);

    /// <summary>The scores of every class for every sequence.</summary>
    /// <inheritdoc cref="Embed" path="/param"/>
    /// <returns>[sequences, classes].</returns>
    /// <exception cref="InvalidOperationException">The model has no head for classes.</exception>
    public Tensor ClassLogits(ReadOnlyMemory<int> ids, Segments sequences, ReadOnlyMemory<int> tokenTypes = default, DropoutSource? dropout = null)
    {
        Linear head = Classifier ?? throw new InvalidOperationException("this encoder scores no classes; load or train one for classification");
        Tensor pooled = PoolerOutput(States(ids, sequences, tokenTypes, dropout), sequences);
        return head.Forward(dropout.Drop(pooled, Config.ClassifierDropout));
    }

    /// <summary>One state for each sequence, the first unless configured otherwise, through the pooler's layer where there is one.</summary>
    /// <param name="states">[tokens, dModel].</param>
    /// <param name="sequences">Where each sequence lies.</param>
    /// <returns>[sequences, dModel].</returns>
    public Tensor PoolerOutput(Tensor states, Segments sequences)
    {
        Tensor pooled = Config.Pooling.Pool(states, sequences);
        return Pooler is null ? pooled : Ops.Activate(Pooler.Forward(pooled), Config.PoolerActivation);
    }

    private MaskedTokenHead GuardTokenHead() => TokenHead ?? throw new InvalidOperationException("this encoder scores no tokens; load one that was trained for masked language modelling");

    private void GuardLengths(ReadOnlyMemory<int> ids, Segments sequences, ReadOnlyMemory<int> tokenTypes)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        if (sequences.Rows != ids.Length || (!tokenTypes.IsEmpty && tokenTypes.Length != ids.Length))
        {
            throw new ArgumentException($"the sequences cover {sequences.Rows} tokens, but {ids.Length} tokens and {tokenTypes.Length} token types were given", nameof(ids));
        }

        if (sequences.MaxLength > Config.MaxLength)
        {
            int longest = sequences.Lengths.IndexOf(sequences.MaxLength);
            throw new ArgumentException($"sequence {longest} has {sequences.MaxLength} tokens, more than the model's maxLength {Config.MaxLength}; shorten it", nameof(sequences));
        }
    }
}
