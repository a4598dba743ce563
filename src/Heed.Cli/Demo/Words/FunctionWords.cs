using Heed.Cli.Demo.Meaning;

namespace Heed.Cli.Demo.Words;

/// <summary>The small words that hold a sentence together.</summary>
internal static class FunctionWords
{
    public static readonly FrenchVerb Etre = FrenchVerb.Parse("être, suis es est sommes sont, a été");
    public static readonly FrenchVerb Avoir = FrenchVerb.Parse("avoir, ai as a avons ont, a eu");
    public static readonly GermanVerb Sein = GermanVerb.Parse("sein, bin bist ist sind sind, ist gewesen, war");
    public static readonly GermanVerb Haben = GermanVerb.Parse("haben, habe hast hat haben haben, hat gehabt");

    public static readonly Preposition NextTo = new("neben", "next to", "à côté de", Kind.Human | Kind.Animal | Kind.Landmark);
    public static readonly Preposition Behind = new("hinter", "behind", "derrière", Kind.Landmark);
    public static readonly Preposition InFrontOf = new("vor", "in front of", "devant", Kind.Landmark);
    public static readonly Preposition On = new("auf", "on", "sur", Kind.Surface);
    public static readonly Preposition Under = new("unter", "under", "sous", Kind.Shelter);
    public static readonly Preposition In = new("in", "in", "dans", Kind.Location);

    /// <summary>Where a thing can be.</summary>
    public static readonly IReadOnlyList<Preposition> Beside = [NextTo, NextTo, Behind, InFrontOf];

    /// <summary>Where somebody can be.</summary>
    public static readonly IReadOnlyList<Preposition> Places = [On, On, In, In, Under, NextTo, Behind, InFrontOf];

    /// <summary>With the tense that each can go with.</summary>
    public static readonly IReadOnlyList<TimeAdverb> Times =
    [
        new("gestern", "yesterday", "hier", Tense.Past),
        new("heute", "today", "aujourd'hui", Tense.Past),
        new("heute", "today", "aujourd'hui", Tense.Present),
        new("jetzt", "now", "maintenant", Tense.Present),
        new("jeden Tag", "every day", "tous les jours", Tense.Habitual),
    ];

    /// <summary>The times that go with a modal verb.</summary>
    public static readonly IReadOnlyList<TimeAdverb> FutureTimes =
    [
        new("heute", "today", "aujourd'hui", Tense.Present),
        new("morgen", "tomorrow", "demain", Tense.Present),
    ];

    public static readonly Conjunction That = new("dass", "that", "que", "que");
    public static readonly Conjunction Because = new("weil", "because", "parce que", "comme");
    public static readonly Conjunction When = new("wenn", "when", "quand", "quand");

    public static readonly QuestionWord Why = new("warum", "why", "pourquoi");
    public static readonly IReadOnlyList<QuestionWord> QuestionWords = [Why, new("wann", "when", "quand")];

    public static readonly InfinitiveMarker InOrderTo = new("um", "to", "pour");
    public static readonly InfinitiveMarker ToHelp = new("", "", "à", ObjectActs: true);

    public static readonly Modal Can = new(
        GermanVerb.Parse("können, kann kannst kann können können, hat gekonnt"), "can", "",
        FrenchVerb.Parse("pouvoir, peux peux peut pouvons peuvent, a pu")) { CanBeNegated = true };

    public static readonly IReadOnlyList<Modal> ModalsToAsk =
    [
        Can,
        new(GermanVerb.Parse("wollen, will willst will wollen wollen, hat gewollt"), "", "want",
            FrenchVerb.Parse("vouloir, veux veux veut voulons veulent, a voulu")) { CanBeNegated = true },
        new(GermanVerb.Parse("werden, werde wirst wird werden werden, ist geworden"), "will", "",
            FrenchVerb.Parse("aller, vais vas va allons vont, est allé")) { CanBeNegated = true },
        new(GermanVerb.Parse("mögen, möchte möchtest möchte möchten möchten, hat gemocht"), "would", "like",
            FrenchVerb.Parse("vouloir, voudrais voudrais voudrait voudrions voudraient, a voulu")),
    ];

    public static readonly IReadOnlyList<Modal> Modals =
    [
        .. ModalsToAsk,
        new(GermanVerb.Parse("müssen, muss musst muss müssen müssen, hat gemusst"), "must", "",
            FrenchVerb.Parse("devoir, dois dois doit devons doivent, a dû")),
    ];
}
