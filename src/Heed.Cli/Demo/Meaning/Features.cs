namespace Heed.Cli.Demo.Meaning;

/// <summary>Grammatical gender; French has no neuter.</summary>
internal enum Gender { Masculine, Feminine, Neuter }

/// <summary>Grammatical number.</summary>
internal enum Number { Singular, Plural }

/// <summary>The German cases the grammar uses.</summary>
internal enum Case { Nominative, Accusative, Dative }

/// <summary>Person and number of a subject, in the order in which verb forms are listed. "You" is always German "du".</summary>
internal enum Person { I, You, Third, We, They }

/// <summary>What stands before a noun.</summary>
internal enum Determiner { Definite, Indefinite, This, My, Your, None }

/// <summary>Time and aspect of a clause; as flags, those a verb can take.</summary>
[Flags]
internal enum Tense
{
    /// <summary>Going on now: "macht ... auf", "is opening", "ouvre" (a state: "kennt", "knows", "connaît").</summary>
    Present = 1,

    /// <summary>A habit: "macht ... auf", "opens", "ouvre".</summary>
    Habitual = 2,

    /// <summary>Over: "hat ... aufgemacht", "opened", "a ouvert".</summary>
    Past = 4,

    /// <summary>Was going on: "saß", "was sitting", "était assis".</summary>
    Imperfect = 8,
}

/// <summary>What sort of thing a noun names, and so which verbs and prepositions it goes with.</summary>
[Flags]
internal enum Kind
{
    None = 0,
    Human = 1 << 0,
    Animal = 1 << 1,
    Writing = 1 << 2,
    Reading = 1 << 3,
    Openable = 1 << 4,
    Food = 1 << 5,
    Drink = 1 << 6,
    Device = 1 << 7,
    Vehicle = 1 << 8,
    Ware = 1 << 9,
    Washable = 1 << 10,
    Room = 1 << 11,
    Location = 1 << 12,
    Transport = 1 << 13,
    Surface = 1 << 14,
    Shelter = 1 << 15,
    Landmark = 1 << 16,
    Toy = 1 << 17,

    /// <summary>Named without an article when there is no telling how much: "Brot", "bread", "du pain".</summary>
    Mass = 1 << 18,

    /// <summary>Something one has: "my dog", but not "my forest".</summary>
    Owned = 1 << 19,

    /// <summary>Spoken of as "the" or "my": "my mother", "the kitchen", hardly "a kitchen".</summary>
    Unique = 1 << 20,

    /// <summary>What one may push.</summary>
    Load = 1 << 21,

    /// <summary>A thing that only stands next to things of its size: a bridge is not behind a sofa.</summary>
    Large = 1 << 22,

    /// <summary>A person who may be old.</summary>
    Adult = 1 << 23,
}
