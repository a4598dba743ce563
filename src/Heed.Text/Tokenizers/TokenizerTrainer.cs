using Heed.Text.Tokenizers.Bpe;
using Heed.Text.Tokenizers.Training;
using Heed.Text.Tokenizers.Unigram;

namespace Heed.Text.Tokenizers;

/// <summary>Learns tokenizers from text.</summary>
public static class TokenizerTrainer
{
    /// <summary>
    /// Learns a tokenizer. The result depends only on the options and on how often each word occurs: not on the order of
    /// the lines, threads or culture. ("unigram" computes logarithms, whose last bits are the platform's.)
    /// </summary>
    /// <param name="options">What to learn.</param>
    /// <param name="lines">The text, read once, one line at a time; no line need be held.</param>
    /// <param name="progress">Receives the progress, if wanted, on the calling thread.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">An option is out of range, or a line is null.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static Tokenizer Train(
        TokenizerOptions options,
        IEnumerable<string> lines,
        IProgress<TokenizerProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(lines);
        options.Validate();
        bool spacePrefix = options.Kind != TokenizerKind.Characters;
        var words = WordCounts.Of(lines, options, spacePrefix, progress, cancellationToken).Sorted();
        return options.Kind switch
        {
            TokenizerKind.Bpe => BpeTrainer.Train(options, words, progress, cancellationToken),
            TokenizerKind.Unigram => UnigramTrainer.Train(options, words, progress, cancellationToken),
            TokenizerKind.Characters => TrainCharacters(options, words),
            _ => TrainWords(options, words),
        };
    }

    /// <summary>
    /// Learns byte-level byte-pair encoding as GPT-2 uses it. The vocabulary is the special tokens, the 256 bytes, then a
    /// piece for each merge. Saved as <c>vocab.json</c> and <c>merges.txt</c>, which Hugging Face's libraries read too.
    /// </summary>
    /// <param name="options">What to learn.</param>
    /// <param name="texts">The text, in portions of any size; no piece reaches from one into the next.</param>
    /// <param name="progress">Receives the progress, if wanted, on the calling thread.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    /// <remarks>Of equally frequent pairs the one whose bytes come last in the dictionary is joined, so there is one result.</remarks>
    public static LoadedTokenizer TrainByteLevel(
        ByteLevelOptions options,
        IEnumerable<string> texts,
        IProgress<TokenizerProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(texts);
        options.Validate();
        return new ByteLevelTrainer(options).Train(texts, progress, cancellationToken);
    }

    private static WordTokenizer TrainWords(TokenizerOptions options, (string Word, long Count)[] words)
    {
        var pieces = words
            .Where(entry => entry.Count >= options.MinCount && !entry.Word.Contains(Vocabulary.SpaceMark))
            .OrderByDescending(entry => entry.Count)
            .Take(options.VocabSize - Vocabulary.FirstPieceId)
            .Select(entry => entry.Word);
        return new WordTokenizer(new Vocabulary([.. pieces]), options.Lowercase);
    }

    private static CharacterTokenizer TrainCharacters(TokenizerOptions options, (string Word, long Count)[] words)
    {
        var pieces = Alphabet.Choose(words, options).Select(rune => rune.ToString());
        return new CharacterTokenizer(new Vocabulary([.. pieces]), options.Lowercase);
    }
}
