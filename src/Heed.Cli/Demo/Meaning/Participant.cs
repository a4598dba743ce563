using Heed.Cli.Demo.Words;

namespace Heed.Cli.Demo.Meaning;

/// <summary>Somebody or something that takes part in what a clause tells.</summary>
internal abstract record Participant
{
    /// <summary>Decides the verb's form where the participant is the subject.</summary>
    public abstract Person Person { get; }

    /// <summary>A name that is the same in every language, number and case.</summary>
    public abstract string Lemma { get; }

    /// <summary>Whether it opens its clause whatever its role: "what", "that", "which".</summary>
    public virtual bool IsFronted => false;
}

/// <summary>A noun with its article: "die kleine Katze", "the small cat", "le petit chat".</summary>
internal sealed record NounPhrase(Determiner Determiner, Noun Noun, Number Number) : Participant
{
    /// <summary>An adjective before (or in French, after) the noun.</summary>
    public Adjective? Adjective { get; init; }

    /// <summary>A relative clause; its subject or object is a <see cref="RelativePronoun"/>.</summary>
    public Clause? Relative { get; init; }

    public override Person Person => Number == Number.Plural ? Person.They : Person.Third;

    public override string Lemma => Noun.Lemma;
}

/// <summary>"ich", "I", "je". Gender tells "he" from "she".</summary>
internal sealed record Pronoun(Person Person, Gender Gender, string Lemma) : Participant
{
    public static readonly Pronoun I = new(Person.I, Gender.Masculine, "I");
    public static readonly Pronoun You = new(Person.You, Gender.Masculine, "you");
    public static readonly Pronoun He = new(Person.Third, Gender.Masculine, "he");
    public static readonly Pronoun She = new(Person.Third, Gender.Feminine, "she");
    public static readonly Pronoun We = new(Person.We, Gender.Masculine, "we");
    public static readonly Pronoun They = new(Person.They, Gender.Masculine, "they");

    public override Person Person { get; } = Person;

    public override string Lemma { get; } = Lemma;
}

/// <summary>"who" as the subject of a question, "what" as its object.</summary>
internal sealed record Interrogative(string Lemma) : Participant
{
    public static readonly Interrogative Who = new("who");
    public static readonly Interrogative What = new("what");

    public override Person Person => Person.Third;

    public override string Lemma { get; } = Lemma;

    public override bool IsFronted => true;
}

/// <summary>Stands for the noun a relative clause describes: "die", "that", "qui".</summary>
/// <param name="Noun">The noun described.</param>
/// <param name="Number">Its number.</param>
/// <param name="IsAside">Whether the clause only adds to what is known already: ", which was next to the dog,".</param>
internal sealed record RelativePronoun(Noun Noun, Number Number, bool IsAside = false) : Participant
{
    public override Person Person => Number == Number.Plural ? Person.They : Person.Third;

    public override string Lemma => Noun.Lemma;

    public override bool IsFronted => true;
}
