using Heed.Cli.Demo.Meaning;

namespace Heed.Cli.Demo.Words;

/// <summary>Where one thing is with respect to another; German takes the dative.</summary>
/// <param name="German">The German preposition.</param>
/// <param name="English">The English one.</param>
/// <param name="French">The French one.</param>
/// <param name="Grounds">The kinds of nouns that may follow.</param>
internal sealed record Preposition(string German, string English, string French, Kind Grounds);

/// <summary>A point in time, and the tense of the clauses it goes with.</summary>
internal sealed record TimeAdverb(string German, string English, string French, Tense Tense);

/// <summary>Opens a subordinate clause. French may have another word where that clause comes first.</summary>
internal sealed record Conjunction(string German, string English, string French, string FrenchFirst);

/// <summary>Opens a question.</summary>
internal sealed record QuestionWord(string German, string English, string French);

/// <summary>A modal verb. English has an auxiliary ("can"), a full verb with "to" ("want"), or both ("would", "like").</summary>
internal sealed record Modal(GermanVerb German, string EnglishAuxiliary, string EnglishVerb, FrenchVerb French)
{
    /// <summary>Whether "not" means the same in all three languages ("must not" does not).</summary>
    public bool CanBeNegated { get; init; }
}
