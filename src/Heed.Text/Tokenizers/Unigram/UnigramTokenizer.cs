using System.Text.Json;
using Heed.Text.Tokenizers.Files;

namespace Heed.Text.Tokenizers.Unigram;

/// <summary>Unigram language model: each word is split in the most probable way, or in a random one in training.</summary>
/// <remarks>
/// Kudo 2018, "Subword regularization". Unknown characters are written as UTF-8 bytes. As in the paper's SentencePiece,
/// pieces do not cross words; here a word also ends where letters, digits and punctuation meet.
/// </remarks>
public sealed class UnigramTokenizer : SubwordTokenizer
{
    /// <summary>The smoothing that <see cref="Tokenizer.EncodeWithDropout"/> samples with.</summary>
    public const double DefaultSmoothing = 0.2;

    private readonly UnigramPieces pieces;

    internal UnigramTokenizer(Vocabulary vocabulary, double[] scores, bool lowercase)
        : this(vocabulary, MakePieces(vocabulary, scores), lowercase)
    {
    }

    private UnigramTokenizer(Vocabulary vocabulary, UnigramPieces pieces, bool lowercase)
        : base(vocabulary, pieces, lowercase) => this.pieces = pieces;

    /// <inheritdoc/>
    public override string Kind => TokenizerKind.Unigram;

    internal UnigramModel Model => pieces.Model;

    /// <summary>The ids of one split of a text, drawn with probability proportional to P(split) to the power of a smoothing.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="smoothing">The paper's alpha, 0 or more: 0 draws all splits alike, 1 follows the model, larger values come close to the best.</param>
    /// <param name="random">The source of chance; it moves on.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="smoothing"/> is negative, not finite or above 1000.</exception>
    public int[] EncodeSampled(string text, double smoothing, ref SplitMix64 random)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!(smoothing is >= 0 and <= 1000))
        {
            throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing, "smoothing must be between 0 and 1000");
        }

        var ids = new List<int>();
        foreach (ReadOnlySpan<char> word in new WordSplitter(Prepare(text)))
        {
            pieces.AppendDrawn(word, smoothing, ref random, ids);
        }

        return [.. ids];
    }

    internal override void WriteModel(Utf8JsonWriter json) => UnigramFormat.Write(json, Vocabulary, Model.Scores);

    private static UnigramPieces MakePieces(Vocabulary vocabulary, double[] scores) => new(
        new UnigramModel(vocabulary.Pieces.ToArray(), scores), [.. Enumerable.Range(Vocabulary.FirstPieceId, vocabulary.Pieces.Length)], vocabulary);
}
