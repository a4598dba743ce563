using System.Runtime.InteropServices;
using Heed.Text.Metrics.NGrams;
using Heed.Text.Metrics.PythonRules;

namespace Heed.Text.Metrics.ChrF;

/// <summary>Counts what chrF needs of a segment; of several references the one with the best score counts.</summary>
internal sealed class ChrFMeter(ChrFConfig config) : SegmentMeter
{
    private readonly Side hypothesisSide = new();
    private readonly Side referenceSide = new();
    private readonly NGramCounter characterNGrams = new(config.CharacterOrder);
    private readonly NGramCounter wordNGrams = new(config.WordOrder);
    private readonly WordNumbers wordNumbers = new();
    private readonly long[] matches = new long[config.CharacterOrder + config.WordOrder];
    private readonly long[] candidate = new long[3 * (config.CharacterOrder + config.WordOrder)];

    /// <inheritdoc/>
    public override void Measure(string hypothesis, IReadOnlyList<string> references, Span<long> statistics)
    {
        characterNGrams.Clear();
        wordNGrams.Clear();
        wordNumbers.Clear();
        Count(hypothesis, hypothesisSide);
        double best = -1;
        foreach (string reference in references)
        {
            Count(reference, referenceSide);
            Compare(candidate);
            double score = ChrFFormula.Score(candidate, config);
            if (score > best)
            {
                best = score;
                candidate.CopyTo(statistics);
            }
        }
    }

    private void Count(string text, Side side)
    {
        if (config.Lowercase)
        {
            text = PythonLowercase.Lower(text);
        }

        ReadCharacters(text, side.Characters);
        characterNGrams.Count(CollectionsMarshal.AsSpan(side.Characters), side.CharacterNGrams);
        if (config.WordOrder == 0)
        {
            return;
        }

        ReadWords(text, side.Words);
        wordNGrams.Count(CollectionsMarshal.AsSpan(side.Words), side.WordNGrams);
    }

    private void Compare(Span<long> statistics)
    {
        Array.Clear(matches);
        characterNGrams.AddMatches(hypothesisSide.CharacterNGrams, referenceSide.CharacterNGrams, matches.AsSpan(0, config.CharacterOrder));
        wordNGrams.AddMatches(hypothesisSide.WordNGrams, referenceSide.WordNGrams, matches.AsSpan(config.CharacterOrder));
        for (int i = 0; i < matches.Length; i++)
        {
            bool isCharacter = i < config.CharacterOrder;
            int order = isCharacter ? i + 1 : i + 1 - config.CharacterOrder;
            int ofReference = NGramCounter.Total(referenceSide.Length(isCharacter), order);
            // An order that the reference lacks does not count against the hypothesis.
            statistics[3 * i] = ofReference > 0 ? NGramCounter.Total(hypothesisSide.Length(isCharacter), order) : 0;
            statistics[(3 * i) + 1] = ofReference;
            statistics[(3 * i) + 2] = matches[i];
        }
    }

    private void ReadCharacters(string text, List<int> characters)
    {
        characters.Clear();
        for (int i = 0; i < text.Length;)
        {
            int codePoint = CodePoint.At(text, i);
            if (config.Whitespace || !PythonWhitespace.IsWhiteSpace(text[i]))
            {
                characters.Add(codePoint);
            }

            i += CodePoint.Length(codePoint);
        }
    }

    /// <summary>
    /// Splits one ASCII punctuation mark off a word, at its end or else at its start: "(hi)" becomes "(hi" and ")".
    /// </summary>
    private void ReadWords(string text, List<int> words)
    {
        words.Clear();
        foreach (ReadOnlySpan<char> word in PythonWhitespace.Words(text))
        {
            int split = word.Length == 1 ? 0
                : char.IsAscii(word[^1]) && IsPunctuation(word[^1]) ? word.Length - 1
                : char.IsAscii(word[0]) && IsPunctuation(word[0]) ? 1
                : 0;
            if (split > 0)
            {
                words.Add(wordNumbers.Number(word[..split]));
            }

            words.Add(wordNumbers.Number(word[split..]));
        }
    }

    // Python's string.punctuation, which counts symbols too.
    private static bool IsPunctuation(char ascii) => char.IsPunctuation(ascii) || char.IsSymbol(ascii);

    /// <summary>What is counted of a hypothesis or a reference.</summary>
    private sealed class Side
    {
        public List<int> Characters { get; } = [];

        public List<int> Words { get; } = [];

        public NGramCounts CharacterNGrams { get; } = new();

        public NGramCounts WordNGrams { get; } = new();

        public int Length(bool ofCharacters) => ofCharacters ? Characters.Count : Words.Count;
    }
}
