namespace Heed.Text.Tokenizers.PreTokenizers;

/// <summary>
/// A splitting pattern of the GPT family, described by how it differs from its relatives. <see cref="Regex"/> is the
/// pattern as its inventors wrote it; <see cref="PatternScanner"/> finds the same matches without a regular expression engine.
/// </summary>
/// <param name="Name">What it is called in options and messages.</param>
internal sealed record SplitPattern(string Name)
{
    private const string CasedContractions = "'(?:[sdmt]|ll|ve|re)";
    private const string Contractions = "'(?i:[sdmt]|ll|ve|re)";
    private const string ContractionEnding = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";

    /// <summary>GPT-2, RoBERTa, BART, and the files r50k_base and p50k_base.</summary>
    public static SplitPattern Gpt2 { get; } = new("gpt2") { IgnoresCase = false, AnySignBeforeWord = false, MostDigits = 0, LineEndsAfterSigns = "", EndsAtNewline = false };

    /// <summary>LLaMA 3, and GPT-4 as it was first published.</summary>
    public static SplitPattern Llama3 { get; } = new("llama3");

    /// <summary>GPT-4: as <see cref="Llama3"/>, but white space at the very end is one piece.</summary>
    public static SplitPattern Cl100k { get; } = new("cl100k") { WholeSpaceAtEnd = true };

    /// <summary>Qwen2: each digit by itself.</summary>
    public static SplitPattern Qwen2 { get; } = new("qwen2") { MostDigits = 1 };

    /// <summary>GPT-4o: a word also ends where a lower-case letter meets a capital.</summary>
    public static SplitPattern O200k { get; } = new("o200k") { SplitsCase = true, LineEndsAfterSigns = "\r\n/" };

    /// <summary>Mistral Nemo: as <see cref="O200k"/>, without contractions and with single digits.</summary>
    public static SplitPattern Tekken { get; } = new("tekken") { SplitsCase = true, LineEndsAfterSigns = "\r\n/", MostDigits = 1, HasContractions = false };

    /// <summary>All patterns.</summary>
    public static IReadOnlyList<SplitPattern> All { get; } = [Gpt2, Cl100k, O200k, Llama3, Qwen2, Tekken];

    /// <summary>Whether endings such as 's are pieces of their own, or with <see cref="SplitsCase"/> stay at their word.</summary>
    public bool HasContractions { get; init; } = true;

    /// <summary>Whether 'S counts as 's does.</summary>
    public bool IgnoresCase { get; init; } = true;

    /// <summary>Whether any one sign may stand before the letters of a word, or only a space.</summary>
    public bool AnySignBeforeWord { get; init; } = true;

    /// <summary>Whether capitals may only begin a word.</summary>
    public bool SplitsCase { get; init; }

    /// <summary>Digits in a piece at most; 0 is any number of them, with a space before.</summary>
    public int MostDigits { get; init; } = 3;

    /// <summary>What is taken in behind a run of signs.</summary>
    public string LineEndsAfterSigns { get; init; } = "\r\n";

    /// <summary>Whether a run of white space is cut behind its last line end.</summary>
    public bool EndsAtNewline { get; init; } = true;

    /// <summary>Whether white space up to the end of the text is one piece even where it holds a line end.</summary>
    public bool WholeSpaceAtEnd { get; init; }

    /// <summary>The pattern as a regular expression, in one spelling of several.</summary>
    public string Regex => string.Join('|', Alternatives().Where(alternative => alternative.Length > 0));

    /// <summary>Finds a pattern by its regular expression, also where it is spelled with possessive quantifiers; null if it is not known.</summary>
    public static SplitPattern? OfRegex(string regex)
    {
        string spelled = Respell(regex);
        return All.FirstOrDefault(pattern => Respell(pattern.Regex) == spelled);
    }

    private static string Respell(string regex) => regex
        .Replace("++", "+", StringComparison.Ordinal).Replace("?+", "?", StringComparison.Ordinal)
        .Replace("*+", "*", StringComparison.Ordinal).Replace("}+", "}", StringComparison.Ordinal)
        .Replace("(?i:'s|'t|'re|'ve|'m|'ll|'d)|", Contractions + "|", StringComparison.Ordinal)
        .Replace("(?:'s|'t|'re|'ve|'m|'ll|'d)|", CasedContractions + "|", StringComparison.Ordinal)
        .Replace("'s|'t|'re|'ve|'m|'ll|'d|", CasedContractions + "|", StringComparison.Ordinal)
        .Replace(@"|\s+$|\s+(?!\S)|\s", @"|\s+(?!\S)|\s", StringComparison.Ordinal)
        .Replace(@"|\s*[\r\n]|", @"|\s*[\r\n]+|", StringComparison.Ordinal)
        .TrimEnd('+');

    private IEnumerable<string> Alternatives()
    {
        const string upper = @"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]";
        const string lower = @"[\p{Ll}\p{Lm}\p{Lo}\p{M}]";
        string prefix = AnySignBeforeWord ? @"[^\r\n\p{L}\p{N}]?" : " ?";
        string ending = HasContractions ? ContractionEnding : "";
        string[] words = SplitsCase
            ? [$"{prefix}{upper}*{lower}+{ending}", $"{prefix}{upper}+{lower}*{ending}"]
            : [IgnoresCase ? Contractions : CasedContractions, $@"{prefix}\p{{L}}+"];
        string lineEnds = LineEndsAfterSigns.Replace("\r\n", @"\r\n", StringComparison.Ordinal);
        return
        [
            .. words,
            MostDigits switch { 0 => @" ?\p{N}+", 1 => @"\p{N}", _ => $@"\p{{N}}{{1,{MostDigits}}}" },
            @" ?[^\s\p{L}\p{N}]+" + (lineEnds.Length > 0 ? $"[{lineEnds}]*" : ""),
            WholeSpaceAtEnd ? @"\s+$" : "",
            EndsAtNewline ? @"\s*[\r\n]+" : "",
            @"\s+(?!\S)",
            @"\s+",
        ];
    }
}
