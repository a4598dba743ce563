using Heed.Models.Configuration;
using Heed.Models.Recurrent;
using Heed.Nn.Recurrent;

namespace Heed.Training.Configuration;

/// <summary>The sizes of a recurrent encoder-decoder: a preset, and what departs from it.</summary>
public sealed record RecurrentSection : ModelSection
{
    /// <summary>Where the sizes come from: rnn, lstm, gru (without attention), or rnn-attention, lstm-attention, gru-attention.</summary>
    public override string Preset { get; init; } = "gru-attention";

    /// <summary>The kind of cell.</summary>
    public RecurrentCellKind? Cell { get; init; }

    /// <summary>What the decoder looks at.</summary>
    public RecurrentAttentionKind? Attention { get; init; }

    /// <summary>The width of a token's vector.</summary>
    public int? EmbeddingSize { get; init; }

    /// <summary>The width of a state; a bidirectional encoder has half of it in each direction.</summary>
    public int? HiddenSize { get; init; }

    /// <summary>The number of encoder layers.</summary>
    public int? NumEncoderLayers { get; init; }

    /// <summary>The number of decoder layers.</summary>
    public int? NumDecoderLayers { get; init; }

    /// <summary>Whether the encoder also reads from the end.</summary>
    public bool? Bidirectional { get; init; }

    /// <summary>The probability of dropping an element of the embeddings, between layers, and of what scores the tokens.</summary>
    public float? Dropout { get; init; }

    /// <inheritdoc/>
    public override RecurrentConfig ToConfig(int vocabSize)
    {
        RecurrentConfig preset = Preset switch
        {
            "rnn" => RecurrentConfig.Plain(RecurrentCellKind.Rnn, vocabSize),
            "lstm" => RecurrentConfig.Plain(RecurrentCellKind.Lstm, vocabSize),
            "gru" => RecurrentConfig.Plain(RecurrentCellKind.Gru, vocabSize),
            "rnn-attention" => RecurrentConfig.Attending(RecurrentCellKind.Rnn, vocabSize),
            "lstm-attention" => RecurrentConfig.Attending(RecurrentCellKind.Lstm, vocabSize),
            "gru-attention" => RecurrentConfig.Attending(RecurrentCellKind.Gru, vocabSize),
            _ => throw new ConfigException($"model.preset: unknown preset \"{Preset}\"; the presets of architecture recurrent are rnn, lstm, gru, rnn-attention, lstm-attention and gru-attention"),
        };
        return preset with
        {
            Cell = Cell ?? preset.Cell,
            Attention = Attention ?? preset.Attention,
            EmbeddingSize = EmbeddingSize ?? preset.EmbeddingSize,
            HiddenSize = HiddenSize ?? preset.HiddenSize,
            NumEncoderLayers = NumEncoderLayers ?? preset.NumEncoderLayers,
            NumDecoderLayers = NumDecoderLayers ?? preset.NumDecoderLayers,
            Bidirectional = Bidirectional ?? preset.Bidirectional,
            Dropout = Dropout ?? preset.Dropout,
            MaxLength = MaxLength ?? preset.MaxLength,
        };
    }
}
