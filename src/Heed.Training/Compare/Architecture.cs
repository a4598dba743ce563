using Heed.Models.Configuration;
using Heed.Models.Convolutional;
using Heed.Models.Recurrent;
using Heed.Models.Seq2Seq;
using Heed.Nn.Recurrent;
using Heed.Nn.Transformer;

namespace Heed.Training.Compare;

/// <summary>One of the architectures that are compared, and how it is made of a given number of parameters.</summary>
/// <remarks>
/// Recurrent encoders read in one direction: read backward, the thing to remember would come last, and nothing would have to be
/// remembered. All are one layer deep, the convolutional model 3 + 3, the Transformer 2 + 2.
/// </remarks>
/// <param name="Name">Its name in settings and files.</param>
/// <param name="Label">Its name in reports.</param>
/// <param name="HasAttention">Whether its decoder looks at the source.</param>
/// <param name="AtWidth">The configuration for a width (a multiple of 4), a vocabulary and a longest sequence.</param>
public sealed record Architecture(string Name, string Label, bool HasAttention, Func<int, int, int, Seq2SeqConfig> AtWidth)
{
    private const int WidthStep = 4;
    private const int WidestTried = 2048;

    /// <summary>All architectures, in the order in which they were invented.</summary>
    public static IReadOnlyList<Architecture> All { get; } =
    [
        new("rnn", "RNN", false, Plain(RecurrentCellKind.Rnn)),
        new("lstm", "LSTM", false, Plain(RecurrentCellKind.Lstm)),
        new("gru", "GRU", false, Plain(RecurrentCellKind.Gru)),
        new("gru-attention", "GRU + Bahdanau", true, Recurrent(RecurrentCellKind.Gru, RecurrentAttentionKind.Bahdanau)),
        new("lstm-luong", "LSTM + Luong", true, Recurrent(RecurrentCellKind.Lstm, RecurrentAttentionKind.LuongGeneral)),
        new("conv", "convolutional", true, Convolutional),
        new("transformer", "Transformer", true, Transformer),
    ];

    /// <summary>The architecture of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ConfigException">There is none.</exception>
    public static Architecture Find(string name) => All.FirstOrDefault(architecture => architecture.Name == name)
        ?? throw new ConfigException($"architectures: \"{name}\" is not known; the architectures are {string.Join(", ", All.Select(architecture => architecture.Name))}");

    /// <summary>The configuration whose number of parameters is nearest to a budget.</summary>
    /// <param name="parameters">The budget.</param>
    /// <param name="vocabSize">The number of tokens.</param>
    /// <param name="maxLength">The longest sequence.</param>
    public Seq2SeqConfig ForBudget(long parameters, int vocabSize, int maxLength)
    {
        Seq2SeqConfig best = AtWidth(WidthStep, vocabSize, maxLength);
        long distance = Distance(best, parameters);
        for (int width = 2 * WidthStep; width <= WidestTried; width += WidthStep)
        {
            Seq2SeqConfig wider = AtWidth(width, vocabSize, maxLength);
            long next = Distance(wider, parameters);
            if (next >= distance)
            {
                break; // the number only grows
            }

            (best, distance) = (wider, next);
        }

        return best;
    }

    private static long Distance(Seq2SeqConfig config, long parameters) => Math.Abs(config.CreateModel(random: null).ParameterCount - parameters);

    private static Func<int, int, int, Seq2SeqConfig> Plain(RecurrentCellKind cell) => Recurrent(cell, RecurrentAttentionKind.None);

    private static Func<int, int, int, Seq2SeqConfig> Recurrent(RecurrentCellKind cell, RecurrentAttentionKind attention) => (width, vocabSize, maxLength) => new RecurrentConfig
    {
        VocabSize = vocabSize, MaxLength = maxLength, Cell = cell, Attention = attention, EmbeddingSize = width, HiddenSize = width, Bidirectional = false, Dropout = 0,
    };

    private static ConvolutionalConfig Convolutional(int width, int vocabSize, int maxLength) => new()
    {
        VocabSize = vocabSize, MaxLength = maxLength, EmbeddingSize = width, HiddenSize = width, KernelSize = 3, NumEncoderLayers = 3, NumDecoderLayers = 3, Dropout = 0,
    };

    private static TransformerConfig Transformer(int width, int vocabSize, int maxLength) => new()
    {
        VocabSize = vocabSize, MaxLength = maxLength, DModel = width, NumHeads = 4, DFeedForward = 2 * width, NumEncoderLayers = 2, NumDecoderLayers = 2, NormPlacement = NormPlacement.PreNorm, Dropout = 0,
    };
}
