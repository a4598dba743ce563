using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.Training;

namespace Heed.Text.Tokenizers.Bpe;

/// <summary>
/// Learns merges: again and again joins the most frequent pair of neighbouring pieces, until the vocabulary is full or no
/// pair is frequent enough. <see cref="PairQueue"/> states how ties are decided.
/// </summary>
internal sealed class BpeTrainer
{
    private const int MergesPerReport = 256;

    private readonly TokenizerOptions options;
    private readonly List<string> pieces = [];
    private readonly List<int> lengths = [];
    private readonly Dictionary<string, int> ids = new(StringComparer.Ordinal);
    private readonly List<Merge> merges = [];
    private readonly PairMap merged = new();

    private BpeTrainer(TokenizerOptions options, Func<BpeTrainer, Comparison<int>>? pieceOrder = null)
    {
        this.options = options;
        PieceOrder = pieceOrder?.Invoke(this);
    }

    private Comparison<int>? PieceOrder { get; }

    public static BpeTokenizer Train(
        TokenizerOptions options, (string Word, long Count)[] words, IProgress<TokenizerProgress>? progress, CancellationToken cancellation)
    {
        var trainer = new BpeTrainer(options);
        trainer.Learn(new TrainingWords(words, Alphabet.Choose(words, options)), progress, cancellation);
        return new BpeTokenizer(new Vocabulary(trainer.pieces), new MergeTable(trainer.merges), options.Lowercase);
    }

    /// <summary>
    /// Learns merges where each character stands for a byte. Of equally frequent pairs the one whose bytes come last in the
    /// dictionary is joined, left piece first.
    /// </summary>
    /// <param name="options">The size, with room for the special tokens and bytes of <see cref="Vocabulary"/>, which are not used.</param>
    /// <param name="words">The words, made of stand-ins of bytes.</param>
    /// <param name="progress">Receives the progress, if wanted.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The two sides of each merge, in order.</returns>
    public static IReadOnlyList<(string Left, string Right)> LearnBytes(
        TokenizerOptions options, TrainingWords words, IProgress<TokenizerProgress>? progress, CancellationToken cancellation)
    {
        var trainer = new BpeTrainer(options, self => (a, b) => self.BytesOf(b).AsSpan().SequenceCompareTo(self.BytesOf(a)));
        trainer.Learn(words, progress, cancellation);
        return [.. trainer.merges.Select(merge => (trainer.TextOf(merge.Left), trainer.TextOf(merge.Right)))];
    }

    private string TextOf(int id) => pieces[id - Vocabulary.FirstPieceId];

    private byte[] BytesOf(int id) => ByteSymbols.BytesOf(TextOf(id));

    private void Learn(TrainingWords words, IProgress<TokenizerProgress>? progress, CancellationToken cancellation)
    {
        foreach (var character in words.Alphabet)
        {
            AddPiece(character.ToString(), length: 1);
        }

        int wanted = options.VocabSize - Vocabulary.FirstPieceId;
        var sequence = new PieceSequence(words, IsShortEnough);
        var queue = new PairQueue(PieceOrder);
        foreach (PairCount pair in sequence.Pairs)
        {
            queue.Offer(pair);
        }

        while (pieces.Count < wanted && queue.TakeBest(options.MinCount) is { } best)
        {
            foreach (PairCount risen in sequence.Merge(best, Result(best)))
            {
                queue.Offer(risen);
            }

            if (merges.Count % MergesPerReport == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new TokenizerProgress("learning merges", pieces.Count, wanted));
            }
        }

        progress?.Report(new TokenizerProgress("learning merges", pieces.Count, pieces.Count));
    }

    private bool IsShortEnough(int left, int right) =>
        lengths[left - Vocabulary.FirstPieceId] + lengths[right - Vocabulary.FirstPieceId] <= options.MaxPieceLength;

    /// <summary>
    /// Notes the merge. Different pairs may give the same piece (a+bc, ab+c), which then keeps its id; so a pair that was
    /// merged everywhere can appear again, and keeps its rank.
    /// </summary>
    private int Result(PairCount pair)
    {
        int left = pair.Left - Vocabulary.FirstPieceId;
        int right = pair.Right - Vocabulary.FirstPieceId;
        string text = pieces[left] + pieces[right];
        if (!ids.TryGetValue(text, out int result))
        {
            result = AddPiece(text, lengths[left] + lengths[right]);
        }

        if (merged.TryAdd(pair.Left, pair.Right, merges.Count))
        {
            merges.Add(new Merge(pair.Left, pair.Right, result));
        }

        return result;
    }

    private int AddPiece(string text, int length)
    {
        int id = Vocabulary.FirstPieceId + pieces.Count;
        pieces.Add(text);
        lengths.Add(length);
        ids.Add(text, id);
        return id;
    }
}
