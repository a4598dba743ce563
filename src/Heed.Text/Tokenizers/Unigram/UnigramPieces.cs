using System.Text;
using Heed.Text.Tokenizers.Pipeline;

namespace Heed.Text.Tokenizers.Unigram;

/// <summary>Splits one word in the most probable way, or in a random one, and writes the ids of its pieces.</summary>
/// <param name="model">The pieces and their probabilities.</param>
/// <param name="ids">The id of each piece.</param>
/// <param name="unknown">How a character outside the vocabulary is written.</param>
internal sealed class UnigramPieces(UnigramModel model, int[] ids, ICharacterIds unknown) : TokenModel
{
    [ThreadStatic]
    private static Scratch? scratchOfThisThread;

    public UnigramModel Model => model;

    public override void Append(ReadOnlySpan<char> word, List<int> output)
    {
        Scratch scratch = RentScratch(word);
        scratch.BestPath.Find(model, scratch.CodePoints, scratch.Path);
        AppendPath(scratch, output);
    }

    public override void AppendSampled(ReadOnlySpan<char> word, float dropout, ref SplitMix64 random, List<int> output)
    {
        if (random.NextDouble() < dropout)
        {
            AppendDrawn(word, UnigramTokenizer.DefaultSmoothing, ref random, output);
        }
        else
        {
            Append(word, output);
        }
    }

    /// <summary>Adds the ids of a split drawn with probability proportional to P(split) to the power of a smoothing.</summary>
    public void AppendDrawn(ReadOnlySpan<char> word, double smoothing, ref SplitMix64 random, List<int> output)
    {
        Scratch scratch = RentScratch(word);
        scratch.AllPaths.Sample(model, scratch.CodePoints, smoothing, ref random, scratch.Path);
        AppendPath(scratch, output);
    }

    private static Scratch RentScratch(ReadOnlySpan<char> word)
    {
        Scratch scratch = scratchOfThisThread ?? new Scratch();
        scratchOfThisThread = word.Length <= Scratch.LongestKept ? scratch : null;
        scratch.SetWord(word);
        return scratch;
    }

    private void AppendPath(Scratch scratch, List<int> output)
    {
        int wordStart = output.Count;
        for (int i = 0; i < scratch.Path.Count; i++)
        {
            int first = i;
            while (i < scratch.Path.Count && scratch.Path[i].Piece == PieceTrie.None)
            {
                i++;
            }

            if (i > first)
            {
                unknown.AppendUnknown(scratch.TextBetween(scratch.Path[first].Start, i < scratch.Path.Count ? scratch.Path[i].Start : scratch.CodePoints.Length), output, wordStart);
            }

            if (i < scratch.Path.Count)
            {
                output.Add(ids[scratch.Path[i].Piece]);
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

        public string TextBetween(int start, int end)
        {
            var text = new StringBuilder(end - start);
            foreach (int codePoint in CodePoints[start..end])
            {
                text.Append(new Rune(codePoint));
            }

            return text.ToString();
        }

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
