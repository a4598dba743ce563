using Heed.Models.Decoding;
using Heed.Models.Explain;
using Heed.Models.Seq2Seq;
using Heed.Nn;
using Heed.Nn.Attention;
using Heed.Nn.Convolution;
using Heed.Nn.Losses;
using Heed.Nn.Positions;
using Heed.Tensors;
using Heed.Tensors.Memory;
using Heed.Tensors.Random;

namespace Heed.Models.Convolutional;

/// <summary>The convolutional encoder-decoder, with attention in each decoder layer.</summary>
/// <remarks>
/// Gehring et al. 2017. Departures: source, target and output share one table of token vectors, as in
/// <see cref="TransformerModel"/>, so that the models compare; and weights are normalised (their section 3.4) only
/// where the configuration says so.
/// </remarks>
public sealed class ConvolutionalModel : Seq2SeqModel
{
    private readonly LearnedPositions sourcePositions;
    private readonly LearnedPositions targetPositions;
    private readonly Linear entrance;
    private readonly Linear exit;
    private readonly Linear output;

    /// <summary>Makes a model.</summary>
    /// <param name="config">Its sizes; checked.</param>
    /// <param name="random">Draws the initial weights; null leaves them zero, to be loaded.</param>
    /// <exception cref="Configuration.ConfigException">The configuration makes no model.</exception>
    public ConvolutionalModel(ConvolutionalConfig config, RandomSource? random)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        Config = config;
        (int embedding, int hidden) = (config.EmbeddingSize, config.HiddenSize);
        Embedding = Child("shared", new Embedding(config.VocabSize, embedding, random));
        sourcePositions = Child("encoder.embed_positions", new LearnedPositions(config.MaxLength, embedding, random));
        targetPositions = Child("decoder.embed_positions", new LearnedPositions(config.MaxLength, embedding, random));
        Encoder = Child("encoder", new ConvolutionalEncoder(embedding, hidden, config.KernelSize, config.NumEncoderLayers, config.Dropout, random, config.WeightNormalization));
        entrance = Child("decoder.fc1", new Linear(embedding, hidden, random));
        Layers = Children("decoder.layers", config.NumDecoderLayers, _ => new ConvolutionalDecoderLayer(embedding, hidden, config.KernelSize, config.Dropout, random, config.WeightNormalization));
        exit = Child("decoder.fc2", new Linear(hidden, embedding, random));
        output = new Linear(Embedding.Weight);
    }

    /// <inheritdoc/>
    public override ConvolutionalConfig Config { get; }

    /// <summary>The vectors of all tokens.</summary>
    public Embedding Embedding { get; }

    /// <summary>Reads the source.</summary>
    public ConvolutionalEncoder Encoder { get; }

    /// <summary>Write the target.</summary>
    public IReadOnlyList<ConvolutionalDecoderLayer> Layers { get; }

    /// <inheritdoc/>
    public override Tensor Logits(TokenBatch batch, DropoutSource? dropout = null) => output.Forward(States(batch, dropout));

    /// <inheritdoc/>
    public override Tensor Loss(TokenBatch batch, float labelSmoothing, DropoutSource? dropout)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return new CrossEntropyLoss(labelSmoothing).Forward(States(batch, dropout), output, batch.LabelIds);
    }

    /// <inheritdoc/>
    public override DecodingSession Begin(ReadOnlyMemory<int> sourceIds, Segments sources) => new ConvolutionalSession(this, sourceIds, sources);

    /// <inheritdoc/>
    public override IReadOnlyList<AttentionMap> AttentionMaps(int[] sourceIds, int[] decoderInputIds)
    {
        ArgumentNullException.ThrowIfNull(sourceIds);
        ArgumentNullException.ThrowIfNull(decoderInputIds);
        using TensorScope scope = TensorScope.Begin();
        var recorder = new AttentionRecorder();
        Segments source = Segments.FromLengths(sourceIds.Length);
        Decode(decoderInputIds, Segments.FromLengths(decoderInputIds.Length), Encode(sourceIds, source), source, dropout: null, recorder);
        return [.. Layers.Select((layer, i) => new AttentionMap(AttentionKind.Cross, i, 0, recorder[layer.Attention][0, 0]))];
    }

    /// <summary>What the decoder attends to, [source tokens, embeddingSize].</summary>
    /// <param name="ids">The tokens of all sources.</param>
    /// <param name="sources">Where each source lies.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <exception cref="ArgumentException">A source is longer than <see cref="Seq2SeqModel.MaxLength"/>.</exception>
    public KeyValues Encode(ReadOnlyMemory<int> ids, Segments sources, DropoutSource? dropout = null)
    {
        GuardLengths(ids, sources, "source");
        return Encoder.Forward(Observe(Embed(ids, sourcePositions.Forward(sources.RowPositions), dropout)), sources, dropout);
    }

    /// <summary>Reads one token of each target, in inference.</summary>
    internal (Tensor Logits, Tensor[] After) Step(int[] tokens, int position, Tensor[] before, KeyValues memory, Segments sources)
    {
        var positions = new int[tokens.Length];
        Array.Fill(positions, position);
        Tensor embeddings = Embed(tokens, targetPositions.Forward(positions), dropout: null);
        Tensor x = entrance.Forward(embeddings);
        var after = new Tensor[before.Length];
        for (int i = 0; i < before.Length; i++)
        {
            (x, after[i]) = Layers[i].Step(x, before[i], embeddings, memory, sources);
        }

        return (output.Forward(exit.Forward(x)), after);
    }

    private Tensor States(TokenBatch batch, DropoutSource? dropout)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Decode(batch.DecoderInputIds, batch.Targets, Encode(batch.SourceIds, batch.Sources, dropout), batch.Sources, dropout, recorder: null);
    }

    private Tensor Decode(ReadOnlyMemory<int> ids, Segments targets, KeyValues memory, Segments sources, DropoutSource? dropout, AttentionRecorder? recorder)
    {
        GuardLengths(ids, targets, "target");
        Tensor embeddings = Embed(ids, targetPositions.Forward(targets.RowPositions), dropout); // [target tokens, embeddingSize]
        Tensor x = entrance.Forward(embeddings); // [target tokens, hiddenSize]
        foreach (ConvolutionalDecoderLayer layer in Layers)
        {
            x = layer.Forward(x, embeddings, targets, memory, sources, dropout, recorder);
        }

        return dropout.Drop(exit.Forward(x), Config.Dropout); // [target tokens, embeddingSize]
    }

    private Tensor Embed(ReadOnlyMemory<int> ids, Tensor positions, DropoutSource? dropout) =>
        dropout.Drop(Ops.Add(Embedding.Forward(ids), positions), Config.Dropout);
}
