namespace Heed.Text.Metrics.Tokenization;

/// <summary>
/// Splits text into the words that BLEU counts. The choice moves a score by several points, so it is part of the
/// signature. All tokenizers are immutable and may be used by many threads.
/// </summary>
public abstract class BleuTokenizer
{
    private protected BleuTokenizer()
    {
    }

    /// <summary>The rules of NIST's mteval-v13a script, the default of WMT and sacreBLEU: for Western languages.</summary>
    public static BleuTokenizer Mteval13a { get; } = new Mteval13aTokenizer();

    /// <summary>The rules of mteval-v14's international mode: sets apart all punctuation and symbols of Unicode.</summary>
    public static BleuTokenizer International { get; } = new InternationalTokenizer();

    /// <summary>Every character is a word; for languages written without spaces.</summary>
    public static BleuTokenizer Characters { get; } = new CharacterTokenizer();

    /// <summary>Splits at white space only, for text that is tokenized already.</summary>
    public static BleuTokenizer None { get; } = new NoTokenizer();

    /// <summary>All tokenizers, the default first.</summary>
    public static IReadOnlyList<BleuTokenizer> All { get; } = [Mteval13a, International, Characters, None];

    /// <summary>The name in signatures: <c>13a</c>, <c>intl</c>, <c>char</c> or <c>none</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Returns the tokenizer with this name.</summary>
    /// <exception cref="ArgumentException">There is no such tokenizer.</exception>
    public static BleuTokenizer FromName(string name) =>
        All.FirstOrDefault(tokenizer => tokenizer.Name == name)
        ?? throw new ArgumentException(
            $"There is no BLEU tokenizer '{name}'; there are {string.Join(", ", All.Select(tokenizer => tokenizer.Name))}.", nameof(name));

    /// <summary>Returns the text with white space between its words.</summary>
    public abstract string Tokenize(string text);

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}
