using System.Text;
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

    [ThreadStatic]
    private static Scratch? scratchOfThisThread;

    internal UnigramTokenizer(Vocabulary vocabulary, double[] scores, bool lowercase)
        : base(vocabulary, lowercase) => Model = new UnigramModel(vocabulary.Pieces.ToArray(), scores);

    /// <inheritdoc/>
    public override string Kind => TokenizerKind.Unigram;

    internal UnigramModel Model { get; }

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
            AppendDrawnWord(word, smoothing, ref random, ids);
        }

        return [.. ids];
    }

    internal override void WriteModel(Utf8JsonWriter json) => UnigramFormat.Write(json, Vocabulary, Model.Scores);

    private protected override void AppendWord(ReadOnlySpan<char> word, List<int> ids)
    {
        Scratch scratch = RentScratch(word);
        scratch.BestPath.Find(Model, scratch.CodePoints, scratch.Path);
        AppendPath(scratch, ids);
    }

    private protected override void AppendSampledWord(ReadOnlySpan<char> word, float dropout, ref SplitMix64 random, List<int> ids)
    {
        if (random.NextDouble() < dropout)
        {
            AppendDrawnWord(word, DefaultSmoothing, ref random, ids);
        }
        else
        {
            AppendWord(word, ids);
        }
    }

    private static Scratch RentScratch(ReadOnlySpan<char> word)
    {
        Scratch scratch = scratchOfThisThread ?? new Scratch();
        scratchOfThisThread = word.Length <= Scratch.LongestKept ? scratch : null;
        scratch.SetWord(word);
        return scratch;
    }

    private void AppendDrawnWord(ReadOnlySpan<char> word, double smoothing, ref SplitMix64 random, List<int> ids)
    {
        Scratch scratch = RentScratch(word);
        scratch.AllPaths.Sample(Model, scratch.CodePoints, smoothing, ref random, scratch.Path);
        AppendPath(scratch, ids);
    }

    private static void AppendPath(Scratch scratch, List<int> ids)
    {
        foreach ((int piece, int start) in scratch.Path)
        {
            if (piece == PieceTrie.None)
            {
                Vocabulary.AppendByteIds(new Rune(scratch.CodePoints[start]), ids);
            }
            else
            {
                ids.Add(Vocabulary.FirstPieceId + piece);
            }
        }
    }

    /// <summary>The working memory of one thread, dropped after an unusually long word.</summary>
    private sealed class Scratch
    {
        public const int LongestKept = 1 << 16;

        private int[] codePoints = [];
        private int length;

        public BestPath BestPath { get; } = new();

        public AllPaths AllPaths { get; } = new();

        public List<(int Piece, int Start)> Path { get; } = [];

        public ReadOnlySpan<int> CodePoints => codePoints.AsSpan(0, length);

        public void SetWord(ReadOnlySpan<char> word)
        {
            if (codePoints.Length < word.Length)
            {
                codePoints = new int[Math.Max(64, 2 * word.Length)];
            }

            length = 0;
            foreach (Rune rune in word.EnumerateRunes())
            {
                codePoints[length++] = rune.Value;
            }
        }
    }
}
