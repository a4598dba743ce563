using Heed.Cli.Demo.Meaning;
using static Heed.Cli.Demo.Meaning.Kind;

namespace Heed.Cli.Demo.Words;

/// <summary>The verbs of the demo, by what they need beside their subject.</summary>
internal static class Verbs
{
    private const Kind Being = Human | Animal;
    private const Tense NowOrOver = Tense.Present | Tense.Past;
    private const Tense NowOrThen = Tense.Present | Tense.Imperfect;
    private const Tense Any = Tense.Present | Tense.Habitual | Tense.Past;

    private static readonly ObjectLink DativeTo = new("", Case.Dative, "to", "");
    private static readonly ObjectLink For = new("", Case.Accusative, "for", "");
    private static readonly ObjectLink To = new("mit", Case.Dative, "to", "à");
    private static readonly ObjectLink With = new("mit", Case.Dative, "with", "avec");
    private static readonly ObjectLink WaitFor = new("auf", Case.Accusative, "for", "");
    private static readonly ObjectLink Into = new("in", Case.Accusative, "into", "dans");
    private static readonly ObjectLink OutOf = new("aus", Case.Dative, "out of", "de");

    public static readonly Verb Be = new("sein, bin bist ist sind sind, ist gewesen, war", "be, was", "être, suis es est sommes sont, a été")
        { IsState = true, Tenses = NowOrThen };

    public static readonly Verb Help = new("helfen, hilft, hat geholfen", "help, helped", "aider, a aidé")
        { Objects = Human, Link = ObjectLink.Dative };

    public static readonly Verb Translate = new("übersetzen, übersetzt, hat übersetzt", "translate, translated", "traduire, traduis traduis traduit traduisons traduisent, a traduit")
        { Objects = Writing };

    public static readonly Verb Go = new("gehen, geht, ist gegangen", "go, went", "aller, vais vas va allons vont, est allé")
        { Subjects = Being, Objects = Location, Link = Into };

    public static readonly Verb Jump = new("springen, springt, ist gesprungen", "jump, jumped", "sauter, a sauté")
        { Subjects = Being };

    public static readonly Verb Sit = new("sitzen, sitzt, hat gesessen, saß", "sit, sat", "être (assis, assise)")
        { Subjects = Being, Tenses = NowOrThen };

    /// <summary>Verbs that take a noun or nothing.</summary>
    public static readonly IReadOnlyList<Verb> All =
    [
        new("auf|machen, macht, hat gemacht", "open, opened", "ouvrir, ouvre ouvres ouvre ouvrons ouvrent, a ouvert") { Objects = Openable },
        new("zu|machen, macht, hat gemacht", "close, closed", "fermer, a fermé") { Objects = Openable },
        new("lesen, liest, hat gelesen", "read, read", "lire, lis lis lit lisons lisent, a lu") { Objects = Writing | Reading },
        new("schreiben, schreibt, hat geschrieben", "write, wrote", "écrire, écris écris écrit écrivons écrivent, a écrit") { Objects = Writing },
        Translate,
        new("verstehen, versteht, hat verstanden", "understand, understood", "comprendre, comprends comprends comprend comprenons comprennent, a compris")
            { Objects = Writing, IsState = true, Tenses = NowOrOver },
        new("sehen, sieht, hat gesehen", "see, saw", "voir, vois vois voit voyons voient, a vu")
            { Subjects = Being, Objects = Being | Ware, IsState = true, Tenses = NowOrOver },
        new("hören, hört, hat gehört", "hear, heard", "entendre, entends entends entend entendons entendent, a entendu")
            { Subjects = Being, Objects = Being, IsState = true, Tenses = NowOrOver },
        new("lieben, liebt, hat geliebt", "love, loved", "aimer, a aimé") { Objects = Being, IsState = true, Tenses = Tense.Present },
        new("kennen, kennt, hat gekannt", "know, knew", "connaître, connais connais connaît connaissons connaissent, a connu")
            { Objects = Human | Writing, IsState = true, Tenses = Tense.Present },
        new("suchen, sucht, hat gesucht", "look, looked", "chercher, a cherché") { Subjects = Being, Objects = Being | Ware, Link = For },
        new("finden, findet, hat gefunden", "find, found", "trouver, a trouvé") { Subjects = Being, Objects = Being | Ware, Tenses = Tense.Past | Tense.Habitual },
        new("verlieren, verliert, hat verloren", "lose, lost", "perdre, perds perds perd perdons perdent, a perdu") { Objects = Ware, Tenses = Tense.Past },
        new("kaufen, kauft, hat gekauft", "buy, bought", "acheter, achèt-, a acheté") { Objects = Ware | Food | Drink | Vehicle },
        new("verkaufen, verkauft, hat verkauft", "sell, sold", "vendre, vends vends vend vendons vendent, a vendu") { Objects = Ware | Food | Vehicle },
        new("essen, isst, hat gegessen", "eat, ate", "manger, a mangé") { Objects = Food },
        new("trinken, trinkt, hat getrunken", "drink, drank", "boire, bois bois boit buvons boivent, a bu") { Subjects = Being, Objects = Drink },
        new("schieben, schiebt, hat geschoben", "push, pushed", "pousser, a poussé") { Objects = Load | Vehicle },
        new("weg|werfen, wirft, hat geworfen", "throw away, threw", "jeter, jett-, a jeté") { Objects = Ware },
        new("an|rufen, ruft, hat gerufen", "call, called", "appeler, appell-, a appelé") { Objects = Human },
        new("ein|laden, lädt, hat geladen", "invite, invited", "inviter, a invité") { Objects = Human },
        new("auf|wecken, weckt, hat geweckt", "wake up, woke", "réveiller, a réveillé") { Subjects = Being, Objects = Being },
        new("auf|räumen, räumt, hat geräumt", "tidy up, tidied", "ranger, a rangé") { Objects = Room },
        new("an|machen, macht, hat gemacht", "turn on, turned", "allumer, a allumé") { Objects = Device },
        new("aus|machen, macht, hat gemacht", "turn off, turned", "éteindre, éteins éteins éteint éteignons éteignent, a éteint") { Objects = Device },
        new("reparieren, repariert, hat repariert", "repair, repaired", "réparer, a réparé") { Objects = Device | Vehicle },
        new("waschen, wäscht, hat gewaschen", "wash, washed", "laver, a lavé") { Objects = Washable },
        new("füttern, füttert, hat gefüttert", "feed, fed", "nourrir, nourris nourris nourrit nourrissons nourrissent, a nourri") { Objects = Animal },
        new("jagen, jagt, hat gejagt", "chase, chased", "poursuivre, poursuis poursuis poursuit poursuivons poursuivent, a poursuivi") { Subjects = Animal, Objects = Animal },

        Help,
        new("antworten, antwortet, hat geantwortet", "answer, answered", "répondre, réponds réponds répond répondons répondent, a répondu")
            { Objects = Human, Link = ObjectLink.Dative with { French = "à" } },
        new("zu|hören, hört, hat gehört", "listen, listened", "écouter, a écouté") { Objects = Human, Link = DativeTo },
        new("zu|sehen, sieht, hat gesehen", "watch, watched", "regarder, a regardé") { Subjects = Being, Objects = Being, Link = ObjectLink.Dative },
        new("folgen, folgt, ist gefolgt", "follow, followed", "suivre, suis suis suit suivons suivent, a suivi") { Subjects = Being, Objects = Being, Link = ObjectLink.Dative },
        new("sprechen, spricht, hat gesprochen", "talk, talked", "parler, a parlé") { Objects = Human, Link = To },
        new("spielen, spielt, hat gespielt", "play, played", "jouer, a joué") { Subjects = Being, Objects = Being | Toy, Link = With },
        new("warten, wartet, hat gewartet", "wait, waited", "attendre, attends attends attend attendons attendent, a attendu")
            { Objects = Human | Transport, Link = WaitFor },
        Go,
        new("kommen, kommt, ist gekommen", "come, came", "sortir, sors sors sort sortons sortent, est sorti") { Subjects = Being, Objects = Location, Link = OutOf },

        new("geben, gibt, hat gegeben", "give, gave", "donner, a donné") { Objects = Ware | Food, HasRecipient = true },
        new("zeigen, zeigt, hat gezeigt", "show, showed", "montrer, a montré") { Objects = Ware | Writing | Vehicle, HasRecipient = true },
        new("mit|bringen, bringt, hat gebracht", "bring, brought", "apporter, a apporté") { Objects = Ware | Food | Drink, HasRecipient = true },

        Jump,
        new("lachen, lacht, hat gelacht", "laugh, laughed", "rire, ris ris rit rions rient, a ri"),
        new("schwimmen, schwimmt, ist geschwommen", "swim, swam", "nager, a nagé") { Subjects = Being },
        new("auf|stehen, steht, ist gestanden", "get up, got", "se lever, lèv-, est levé") { Subjects = Being },
        new("auf|wachen, wacht, ist gewacht", "wake up, woke", "se réveiller, est réveillé") { Subjects = Being },
        new("ein|schlafen, schläft, ist geschlafen", "fall asleep, fell", "s'endormir, endors endors endort endormons endorment, est endormi") { Subjects = Being },
        new("an|kommen, kommt, ist gekommen", "arrive, arrived", "arriver, est arrivé"),
        new("zurück|kommen, kommt, ist gekommen", "come back, came", "revenir, reviens reviens revient revenons reviennent, est revenu") { Subjects = Being },
        new("weg|gehen, geht, ist gegangen", "leave, left", "partir, pars pars part partons partent, est parti") { Subjects = Being },

        new("schlafen, schläft, hat geschlafen, schlief", "sleep, slept", "dormir, dors dors dort dormons dorment, a dormi") { Subjects = Being, Tenses = Any | Tense.Imperfect },
        new("spielen, spielt, hat gespielt, spielte", "play, played", "jouer, a joué") { Subjects = Being, Tenses = Any | Tense.Imperfect },
        new("warten, wartet, hat gewartet, wartete", "wait, waited", "attendre, attends attends attend attendons attendent, a attendu") { Subjects = Being, Tenses = Any | Tense.Imperfect },
        new("arbeiten, arbeitet, hat gearbeitet, arbeitete", "work, worked", "travailler, a travaillé") { Tenses = Any | Tense.Imperfect },
        Sit,
        new("liegen, liegt, hat gelegen, lag", "lie, lay", "être (allongé, allongée)") { Subjects = Being, Tenses = NowOrThen },
        new("stehen, steht, hat gestanden, stand", "stand, stood", "se tenir, tiens tiens tient tenons tiennent, est tenu") { Subjects = Being, Tenses = NowOrThen },
    ];

    /// <summary>Verbs that a person follows up with a second verb.</summary>
    public static readonly IReadOnlyList<Verb> WithInfinitive =
    [
        new("versuchen, versucht, hat versucht", "try, tried", "essayer, essai-, a essayé") { Infinitive = new("", "to", "de"), Tenses = NowOrOver },
        new("an|fangen, fängt, hat gefangen", "start, started", "commencer, a commencé") { Infinitive = new("", "to", "à"), Tenses = NowOrOver },
        new("vergessen, vergisst, hat vergessen", "forget, forgot", "oublier, a oublié") { Infinitive = new("", "to", "de"), Tenses = Tense.Past },
        new("versprechen, verspricht, hat versprochen", "promise, promised", "promettre, promets promets promet promettons promettent, a promis") { Infinitive = new("", "to", "de"), Tenses = Tense.Past },
        new("beschließen, beschließt, hat beschlossen", "decide, decided", "décider, a décidé") { Infinitive = new("", "to", "de"), Tenses = Tense.Past },
    ];

    /// <summary>Verbs that a person follows up with a clause: "wissen, dass ...".</summary>
    public static readonly IReadOnlyList<Verb> WithThat =
    [
        new("wissen, weiß weißt weiß wissen wissen, hat gewusst", "know, knew", "savoir, sais sais sait savons savent, a su") { IsState = true, Tenses = Tense.Present },
        new("denken, denkt, hat gedacht", "think, thought", "penser, a pensé") { IsState = true, Tenses = Tense.Present },
        new("hoffen, hofft, hat gehofft", "hope, hoped", "espérer, espèr-, a espéré") { IsState = true, Tenses = Tense.Present },
        new("sagen, sagt, hat gesagt", "say, said", "dire, dis dis dit disons disent, a dit") { IsState = true, Tenses = Tense.Present },
    ];
}
