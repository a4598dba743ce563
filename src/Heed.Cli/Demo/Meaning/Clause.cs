using Heed.Cli.Demo.Words;

namespace Heed.Cli.Demo.Meaning;

/// <summary>A subject that does something at some time.</summary>
internal sealed record Clause(Participant Subject, Predicate Predicate, Tense Tense)
{
    /// <summary>"can", "must", ...: takes the place of the tense.</summary>
    public Modal? Modal { get; init; }

    public bool IsNegated { get; init; }

    public TimeAdverb? Time { get; init; }

    /// <summary>Whether the time opens the sentence: "Yesterday ...".</summary>
    public bool TimeFirst { get; init; }

    public Subordinate? Subordinate { get; init; }

    /// <summary>Whether the negation falls on the object: "kein Buch", "pas de livre".</summary>
    public bool NegatesObject => IsNegated
        && Predicate.Verb.Link.IsDirect
        && Predicate.Object is NounPhrase { Determiner: Determiner.Indefinite or Determiner.None };
}

/// <summary>A verb with everything it governs but the subject.</summary>
internal sealed record Predicate(Verb Verb)
{
    public Participant? Object { get; init; }

    /// <summary>To whom something is given, shown, sent or brought.</summary>
    public Participant? Recipient { get; init; }

    public Place? Place { get; init; }

    /// <summary>What the subject is, after "to be".</summary>
    public Adjective? Adjective { get; init; }

    public InfinitiveClause? Infinitive { get; init; }
}

/// <summary>Where something happens: "auf der Matte", "on the mat", "sur le tapis".</summary>
internal sealed record Place(Preposition Preposition, NounPhrase Ground);

/// <summary>A second verb without its own subject: "..., die Tür aufzumachen", "to open the door", "d'ouvrir la porte".</summary>
internal sealed record InfinitiveClause(InfinitiveMarker Marker, Predicate Predicate);

/// <summary>A clause that hangs on another: "weil ...", "dass ...", "wenn ...".</summary>
internal sealed record Subordinate(Conjunction Conjunction, Clause Clause, bool IsFirst = false);
