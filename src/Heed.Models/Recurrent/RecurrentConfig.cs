using Heed.Models.Configuration;
using Heed.Models.Seq2Seq;
using Heed.Nn.Recurrent;
using Heed.Tensors.Random;

namespace Heed.Models.Recurrent;

/// <summary>The sizes and choices that define a recurrent encoder-decoder.</summary>
public sealed record RecurrentConfig : Seq2SeqConfig
{
    /// <summary>The kind of cell, in encoder and decoder.</summary>
    public RecurrentCellKind Cell { get; init; } = RecurrentCellKind.Gru;

    /// <summary>What the decoder looks at.</summary>
    public RecurrentAttentionKind Attention { get; init; } = RecurrentAttentionKind.Bahdanau;

    /// <summary>The width of a token's vector.</summary>
    public int EmbeddingSize { get; init; } = 256;

    /// <summary>The width of a state; a bidirectional encoder has half of it in each direction.</summary>
    public int HiddenSize { get; init; } = 512;

    /// <summary>The depth of the encoder.</summary>
    public int NumEncoderLayers { get; init; } = 1;

    /// <summary>The depth of the decoder.</summary>
    public int NumDecoderLayers { get; init; } = 1;

    /// <summary>Whether the encoder also reads from the end.</summary>
    public bool Bidirectional { get; init; } = true;

    /// <summary>The probability of dropping an element of the embeddings, between layers, and of what scores the tokens.</summary>
    public float Dropout { get; init; } = 0.1f;

    /// <inheritdoc/>
    public override int Width => HiddenSize;

    /// <inheritdoc/>
    public override int NumLayers => NumEncoderLayers + NumDecoderLayers;

    /// <summary>The width of one direction of the encoder.</summary>
    internal int EncoderHiddenSize => Bidirectional ? HiddenSize / 2 : HiddenSize;

    /// <summary>One layer in one direction, and no attention: the whole sentence is squeezed into one state.</summary>
    /// <param name="cell">The kind of cell.</param>
    /// <param name="vocabSize">The number of tokens.</param>
    public static RecurrentConfig Plain(RecurrentCellKind cell, int vocabSize) =>
        new() { VocabSize = vocabSize, Cell = cell, Attention = RecurrentAttentionKind.None, Bidirectional = false };

    /// <summary>One bidirectional layer, and Bahdanau's attention.</summary>
    /// <param name="cell">The kind of cell.</param>
    /// <param name="vocabSize">The number of tokens.</param>
    public static RecurrentConfig Attending(RecurrentCellKind cell, int vocabSize) => new() { VocabSize = vocabSize, Cell = cell };

    /// <inheritdoc/>
    public override Seq2SeqModel CreateModel(RandomSource? random) => new RecurrentModel(this, random);

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        ConfigGuard.Positive(EmbeddingSize);
        ConfigGuard.Positive(HiddenSize);
        ConfigGuard.Positive(NumEncoderLayers);
        ConfigGuard.Positive(NumDecoderLayers);
        ConfigGuard.Probability(Dropout);
        if (HiddenSize % 2 != 0)
        {
            throw new ConfigException($"hiddenSize {HiddenSize} is odd; it is shared out over the two directions of the encoder, and halved for the attention");
        }

        ConfigGuard.Matrix(VocabSize, EmbeddingSize);
        ConfigGuard.Matrix(HiddenSize, EmbeddingSize);
        ConfigGuard.Matrix(HiddenSize, HiddenSize);
    }
}
