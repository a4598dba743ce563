using Heed.Cli.Demo.Meaning;

namespace Heed.Cli.Demo.Words;

/// <summary>
/// A verb in three languages by its principal parts, as a dictionary would list them: "auf|machen, macht, hat gemacht",
/// "open, opened", "ouvrir, ouvre ouvres ouvre ouvrons ouvrent, a ouvert".
/// </summary>
internal sealed record Verb
{
    private const Tense Action = Tense.Present | Tense.Habitual | Tense.Past;

    public Verb(string german, string english, string french)
    {
        German = GermanVerb.Parse(german);
        English = EnglishVerb.Parse(english);
        French = FrenchVerb.Parse(french);
    }

    public GermanVerb German { get; }

    public EnglishVerb English { get; }

    public FrenchVerb French { get; }

    public Kind Subjects { get; init; } = Kind.Human;

    /// <summary>What the object may be; none for a verb without an object.</summary>
    public Kind Objects { get; init; }

    public ObjectLink Link { get; init; } = ObjectLink.Direct;

    public Tense Tenses { get; init; } = Action;

    /// <summary>A state is never "being" done: "knows", not "is knowing".</summary>
    public bool IsState { get; init; }

    /// <summary>Whether a place may be told with it; the verbs with a German preterite are those that ask for one.</summary>
    public bool CanBePlaced => Objects == Kind.None && German.Preterite is not null;

    /// <summary>Whether one can set out to do it, again and again.</summary>
    public bool IsDeliberate => Tenses.HasFlag(Tense.Habitual);

    /// <summary>Whether one can set out to do it to something or somebody.</summary>
    public bool IsTask => IsDeliberate && (Objects & ~Kind.Location) != 0;

    /// <summary>Whether somebody receives the object.</summary>
    public bool HasRecipient { get; init; }

    /// <summary>How a second verb follows, for a verb that takes one: "versuchen, ... zu", "try to", "essayer de".</summary>
    public InfinitiveMarker? Infinitive { get; init; }

    public string Lemma => $"{English.Base} {English.Particle}".TrimEnd();
}

/// <summary>How a verb ties its object to itself: "auf den Bus warten", "to wait for the bus", "attendre le bus".</summary>
internal sealed record ObjectLink(string German, Case Case, string English, string French)
{
    public static readonly ObjectLink Direct = new("", Case.Accusative, "", "");
    public static readonly ObjectLink Dative = new("", Case.Dative, "", "");

    public bool IsDirect => German.Length == 0 && Case == Case.Accusative && French.Length == 0;
}

/// <summary>The words before a second verb; German always has "zu" right before it.</summary>
/// <param name="German">Before all of it: "um" or nothing.</param>
/// <param name="English">Before the verb: "to" or nothing.</param>
/// <param name="French">Before the verb: "de", "à", "pour" or nothing.</param>
/// <param name="ObjectActs">Whether the first verb's object does the second: "you help me translate".</param>
internal sealed record InfinitiveMarker(string German, string English, string French, bool ObjectActs = false);
