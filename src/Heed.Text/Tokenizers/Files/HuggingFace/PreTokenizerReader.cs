using Heed.Text.Tokenizers.PreTokenizers;

namespace Heed.Text.Tokenizers.Files.HuggingFace;

/// <summary>Reads the object "pre_tokenizer" as a list of steps.</summary>
internal static class PreTokenizerReader
{
    private static readonly NamedTypes<IReadOnlyList<PreTokenizer>> Types = new("pre_tokenizer", new()
    {
        ["BertPreTokenizer"] = _ => [WhiteSpace(), Punctuation(DelimiterBehavior.Isolated)],
        ["ByteLevel"] = ByteLevel,
        ["CharDelimiterSplit"] = place => [new DelimiterPreTokenizer(Delimiters.Literal(OneCharacter(place.Get("delimiter"))), DelimiterBehavior.Removed)],
        ["Digits"] = place => [new DelimiterPreTokenizer(Delimiters.Digit, place.Flag("individual_digits", false) ? DelimiterBehavior.Isolated : DelimiterBehavior.Contiguous)],
        ["Metaspace"] = place => [Metaspace(place)],
        ["Punctuation"] = place => [Punctuation(place.Find("behavior") is { } found ? Behavior(found) : DelimiterBehavior.Isolated)],
        ["Sequence"] = place => [.. place.Get("pretokenizers").Items().SelectMany(Read)],
        ["Split"] = place => [Split(place)],
        ["Whitespace"] = _ => [WhiteSpace(), new DelimiterPreTokenizer(Delimiters.WordCharacter, DelimiterBehavior.Contiguous)],
        ["WhitespaceSplit"] = _ => [WhiteSpace()],
    });

    public static IReadOnlyList<PreTokenizer> Read(JsonPlace place) => Types.Read(place);

    /// <summary>Reads the scheme of a Metaspace object, which older files write as "add_prefix_space".</summary>
    public static PrefixScheme Scheme(JsonPlace place)
    {
        if (place.Find("prepend_scheme") is not { } scheme)
        {
            return place.Flag("add_prefix_space", true) ? PrefixScheme.Always : PrefixScheme.Never;
        }

        return scheme.Text() switch
        {
            "always" => PrefixScheme.Always,
            "first" => PrefixScheme.First,
            "never" => PrefixScheme.Never,
            _ => throw scheme.Unknown("scheme", ["always", "first", "never"]),
        };
    }

    /// <summary>Reads the mark of a Metaspace object.</summary>
    public static char Mark(JsonPlace place)
    {
        JsonPlace mark = place.Get("replacement");
        return mark.Text().Length == 1 ? mark.Text()[0] : throw mark.Error($"expected one character, found {mark.Excerpt()}");
    }

    private static DelimiterPreTokenizer WhiteSpace() => new(Delimiters.WhiteSpace, DelimiterBehavior.Removed);

    private static DelimiterPreTokenizer Punctuation(DelimiterBehavior behavior) => new(Delimiters.Punctuation, behavior);

    private static List<PreTokenizer> ByteLevel(JsonPlace place)
    {
        var steps = new List<PreTokenizer>();
        if (place.Flag("add_prefix_space", true))
        {
            steps.Add(new PrefixSpacePreTokenizer());
        }

        if (place.Flag("use_regex", true))
        {
            steps.Add(new PatternPreTokenizer(SplitPattern.Gpt2));
        }

        steps.Add(new ByteLevelPreTokenizer());
        return steps;
    }

    private static MetaspacePreTokenizer Metaspace(JsonPlace place) => new(Mark(place), Scheme(place), place.Flag("split", true));

    private static PreTokenizer Split(JsonPlace place)
    {
        JsonPlace behaviorPlace = place.Get("behavior");
        DelimiterBehavior behavior = Behavior(behaviorPlace);
        bool inverts = place.Flag("invert", false);
        JsonPlace pattern = place.Get("pattern");
        if (pattern.Find("String") is { } literal)
        {
            return literal.Text().Length == 0 ? throw literal.Error("is empty")
                : inverts ? throw place.Error("\"invert\" is known only for the patterns of the GPT family")
                : new DelimiterPreTokenizer(Delimiters.Literal(literal.Text()), behavior);
        }

        JsonPlace regex = pattern.Get("Regex");
        if (!inverts && Delimiters.OfRegex(regex.Text()) is { } delimiters)
        {
            return new DelimiterPreTokenizer(delimiters, behavior);
        }

        SplitPattern known = SplitPattern.OfRegex(regex.Text())
            ?? throw regex.Unknown("splitting pattern", SplitPattern.All.Select(each => $"{each.Name}: {each.Regex}"));

        // Every character is in a match, so isolating the matches and dropping everything else are the same.
        bool keepsMatches = (behavior, inverts) is (DelimiterBehavior.Isolated, false) or (DelimiterBehavior.Removed, true);
        return keepsMatches
            ? new PatternPreTokenizer(known)
            : throw behaviorPlace.Error($"{behaviorPlace.Excerpt()} with invert {inverts} is not known for this pattern; known are \"Isolated\", and \"Removed\" with invert");
    }

    private static DelimiterBehavior Behavior(JsonPlace place) => Enum.TryParse(place.Text(), out DelimiterBehavior behavior) && Enum.IsDefined(behavior) && char.IsLetter(place.Text()[0])
        ? behavior
        : throw place.Unknown("behavior", Enum.GetNames<DelimiterBehavior>());

    private static string OneCharacter(JsonPlace place) => place.Text().EnumerateRunes().Count() == 1
        ? place.Text()
        : throw place.Error($"expected one character, found {place.Excerpt()}");
}
