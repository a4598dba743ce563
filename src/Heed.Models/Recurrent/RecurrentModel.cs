using Heed.Models.Decoding;
using Heed.Models.Explain;
using Heed.Models.Seq2Seq;
using Heed.Nn;
using Heed.Nn.Attention;
using Heed.Nn.Losses;
using Heed.Nn.Recurrent;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.Recurrent;

/// <summary>The recurrent encoder-decoder: RNN, LSTM or GRU, with or without attention.</summary>
/// <remarks>
/// Sutskever et al. 2014 and Cho et al. 2014 without attention, Bahdanau et al. 2015 and Luong et al. 2015 with it. Source,
/// target and output share one table of token vectors, as in <see cref="TransformerModel"/>: so that the models compare.
/// logits = E tanh(W output + b), with E the table.
/// </remarks>
public sealed class RecurrentModel : Seq2SeqModel
{
    /// <summary>Makes a model.</summary>
    /// <param name="config">Its sizes; checked.</param>
    /// <param name="random">Draws the initial weights; null leaves them zero, to be loaded.</param>
    /// <exception cref="Configuration.ConfigException">The configuration makes no model.</exception>
    public RecurrentModel(RecurrentConfig config, RandomSource? random)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        Config = config;
        Embedding = Child("shared", new Embedding(config.VocabSize, config.EmbeddingSize, random, MathF.Sqrt(config.EmbeddingSize)));
        Encoder = Child("encoder", new RecurrentStack(config.Cell, config.EmbeddingSize, config.EncoderHiddenSize, config.NumEncoderLayers, random, config.Bidirectional, config.Dropout));
        var stack = new RecurrentStack(config.Cell, config.EmbeddingSize, config.HiddenSize, config.NumDecoderLayers, random, dropout: config.Dropout);
        Bridge = Child("bridge", new RecurrentBridge(Encoder, stack, random));
        Decoder = Child("decoder", RecurrentDecoder.Create(config.Attention, stack, Encoder.OutputSize, random));
        Readout = Child("readout", new Linear(Decoder.OutputSize, config.EmbeddingSize, random));
        Output = new Linear(Embedding.Weight);
    }

    /// <inheritdoc/>
    public override RecurrentConfig Config { get; }

    /// <summary>The vectors of all tokens.</summary>
    public Embedding Embedding { get; }

    /// <summary>Reads the source.</summary>
    public RecurrentStack Encoder { get; }

    /// <summary>Hands the encoder's last states to the decoder.</summary>
    public RecurrentBridge Bridge { get; }

    /// <summary>Writes the target.</summary>
    public RecurrentDecoder Decoder { get; }

    /// <summary>From the decoder's outputs to vectors that are compared with those of the tokens.</summary>
    public Linear Readout { get; }

    /// <summary>Scores every token by likeness to its vector.</summary>
    public Linear Output { get; }

    /// <inheritdoc/>
    public override Tensor Logits(TokenBatch batch, DropoutSource? dropout = null) => Output.Forward(States(batch, dropout));

    /// <inheritdoc/>
    public override Tensor Loss(TokenBatch batch, float labelSmoothing, DropoutSource? dropout)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return new CrossEntropyLoss(labelSmoothing).Forward(States(batch, dropout), Output, batch.LabelIds);
    }

    /// <summary>Reads the sources.</summary>
    /// <param name="ids">The tokens of all sources.</param>
    /// <param name="sources">Where each source lies.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <returns>What attention looks at, a row for each source token; and the decoder's first states.</returns>
    /// <exception cref="ArgumentException">A source is longer than <see cref="Seq2SeqModel.MaxLength"/>.</exception>
    public (KeyValues Memory, IReadOnlyList<RecurrentState> States) Encode(ReadOnlyMemory<int> ids, Segments sources, DropoutSource? dropout = null)
    {
        GuardLengths(ids, sources, "source");
        Tensor x = Observe(dropout.Drop(Embedding.Forward(ids), Config.Dropout)); // [source tokens, embeddingSize]
        (Tensor outputs, IReadOnlyList<RecurrentState> finals) = Encoder.Forward(x, sources, initial: null, dropout);
        return (Decoder.Project(outputs), Bridge.Forward(finals));
    }

    /// <summary>From the decoder's outputs to scores of every token, in inference.</summary>
    /// <param name="outputs">[rows, width of the decoder's outputs].</param>
    /// <returns>[rows, vocabSize].</returns>
    public Tensor Score(Tensor outputs) => Output.Forward(Read(outputs, dropout: null));

    /// <inheritdoc/>
    public override DecodingSession Begin(ReadOnlyMemory<int> sourceIds, Segments sources) => new RecurrentSession(this, sourceIds, sources);

    /// <inheritdoc/>
    public override IReadOnlyList<AttentionMap> AttentionMaps(int[] sourceIds, int[] decoderInputIds)
    {
        ArgumentNullException.ThrowIfNull(sourceIds);
        ArgumentNullException.ThrowIfNull(decoderInputIds);
        if (Decoder.Attention is not { } attention)
        {
            return [];
        }

        using var session = new RecurrentSession(this, sourceIds, Segments.FromLengths(sourceIds.Length));
        var weights = new float[decoderInputIds.Length, sourceIds.Length];
        for (int query = 0; query < decoderInputIds.Length; query++)
        {
            session.Recorder = new AttentionRecorder();
            session.Step([0], [decoderInputIds[query]]);
            float[,] row = session.Recorder[attention][0, 0]; // [1, source tokens]
            for (int key = 0; key < sourceIds.Length; key++)
            {
                weights[query, key] = row[0, key];
            }
        }

        return [new AttentionMap(AttentionKind.Cross, 0, 0, weights)];
    }

    private Tensor Read(Tensor outputs, DropoutSource? dropout) => dropout.Drop(Ops.Tanh(Readout.Forward(outputs)), Config.Dropout);

    /// <summary>The vectors that are compared with those of the tokens.</summary>
    private Tensor States(TokenBatch batch, DropoutSource? dropout)
    {
        ArgumentNullException.ThrowIfNull(batch);
        (KeyValues memory, IReadOnlyList<RecurrentState> states) = Encode(batch.SourceIds, batch.Sources, dropout);
        GuardLengths(batch.DecoderInputIds, batch.Targets, "target");
        Tensor x = dropout.Drop(Embedding.Forward(batch.DecoderInputIds), Config.Dropout); // [target tokens, embeddingSize]
        return Read(Decoder.Forward(x, batch.Targets, states, memory, batch.Sources, dropout), dropout); // [target tokens, embeddingSize]
    }
}
