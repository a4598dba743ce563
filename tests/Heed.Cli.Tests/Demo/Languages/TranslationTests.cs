using Heed.Cli.Demo.Languages;
using Heed.Cli.Demo.Meaning;
using Heed.Cli.Demo.Words;
using static Heed.Cli.Demo.Meaning.Pronoun;
using static Heed.Cli.Demo.Words.FunctionWords;
using static Heed.Cli.Tests.Demo.Lexicon;

namespace Heed.Cli.Tests.Demo.Languages;

/// <summary>Meanings and their three wordings, checked by hand: at least one for every construction of the grammar.</summary>
public sealed class TranslationTests
{
    private static readonly (Sentence Meaning, string German, string English, string French)[] Statements =
    [
        // Main clauses: separable verbs, cases, time.
        (Now(I, Do("open", The("door"))).Told(),
            "Ich mache die Tür auf.", "I am opening the door.", "J'ouvre la porte."),
        (Did(The("teacher"), Do("open", The("window"))).When("yesterday", first: true).Told(),
            "Gestern hat der Lehrer das Fenster aufgemacht.", "Yesterday the teacher opened the window.", "Hier, le professeur a ouvert la fenêtre."),
        (Always(The("student"), Do("read", A("book"))).When("every day").Told(),
            "Der Student liest jeden Tag ein Buch.", "The student reads a book every day.", "L'étudiant lit un livre tous les jours."),
        (Did(The("child").Many(), Do("call", I)).When("yesterday").Told(),
            "Die Kinder haben mich gestern angerufen.", "The children called me yesterday.", "Les enfants m'ont appelé hier."),
        (Did(She, Do("wake up")).Told(),
            "Sie ist aufgewacht.", "She woke up.", "Elle s'est réveillée."),
        (Did(The("doctor"), Do("wake up", He)).Told(),
            "Der Arzt hat ihn aufgeweckt.", "The doctor woke him up.", "Le médecin l'a réveillé."),
        (Now(The("dog"), Do("follow", This("boy").Being("young"))).Told(),
            "Der Hund folgt diesem jungen Jungen.", "The dog is following this young boy.", "Le chien suit ce jeune garçon."),
        (Now(She, Do("drink", Some("water"))).Told(),
            "Sie trinkt Wasser.", "She is drinking water.", "Elle boit de l'eau."),
        (Did(He, Do("buy", Some("bread"))).Told(),
            "Er hat Brot gekauft.", "He bought bread.", "Il a acheté du pain."),

        // Objects with a preposition, with the dative, with a recipient.
        (Now(They, Do("wait", The("bus"))).When("now").Told(),
            "Sie warten jetzt auf den Bus.", "They are waiting for the bus now.", "Ils attendent le bus maintenant."),
        (Now(I, Do("listen", You)).Told(),
            "Ich höre dir zu.", "I am listening to you.", "Je t'écoute."),
        (Did(We, Do("answer", The("man").Many())).Told(),
            "Wir haben den Männern geantwortet.", "We answered the men.", "Nous avons répondu aux hommes."),
        (Now(The("girl"), Do("play", The("cat").Many().Being("small"))).Told(),
            "Das Mädchen spielt mit den kleinen Katzen.", "The girl is playing with the small cats.", "La fille joue avec les petits chats."),
        (Did(The("horse"), Do("go", The("garden"))).Told(),
            "Das Pferd ist in den Garten gegangen.", "The horse went into the garden.", "Le cheval est allé dans le jardin."),
        (Did(The("cow").Many(), Do("come", The("house"))).Told(),
            "Die Kühe sind aus dem Haus gekommen.", "The cows came out of the house.", "Les vaches sont sorties de la maison."),
        (Did(The("woman"), Do("give", The("apple")).To(The("child"))).Told(),
            "Die Frau hat dem Kind den Apfel gegeben.", "The woman gave the apple to the child.", "La femme a donné la pomme à l'enfant."),
        (Now(The("sister"), Do("show", My("letter").Many()).To(She)).Told(),
            "Die Schwester zeigt ihr meine Briefe.", "The sister is showing her my letters.", "La sœur lui montre mes lettres."),

        // Negation.
        (Did(You, Do("close", The("door"))).Not().Told(),
            "Du hast die Tür nicht zugemacht.", "You did not close the door.", "Tu n'as pas fermé la porte."),
        (Now(The("teacher"), Do("read", A("book"))).Not().Told(),
            "Der Lehrer liest kein Buch.", "The teacher is not reading a book.", "Le professeur ne lit pas de livre."),
        (Did(They, Do("drink", Some("water"))).Not().Told(),
            "Sie haben kein Wasser getrunken.", "They did not drink water.", "Ils n'ont pas bu d'eau."),
        (Now(I, Do("wait", You)).Not().Told(),
            "Ich warte nicht auf dich.", "I am not waiting for you.", "Je ne t'attends pas."),
        (Now(The("bird").Many(), Do("get up")).Not().Told(),
            "Die Vögel stehen nicht auf.", "The birds are not getting up.", "Les oiseaux ne se lèvent pas."),

        // Modal verbs.
        (Modal(I, "must", Do("call", The("doctor"))).When("tomorrow", first: true).Told(),
            "Morgen muss ich den Arzt anrufen.", "Tomorrow I must call the doctor.", "Demain, je dois appeler le médecin."),
        (Modal(The("brother"), "want", Do("turn off", The("radio"))).Told(),
            "Der Bruder will das Radio ausmachen.", "The brother wants to turn off the radio.", "Le frère veut éteindre la radio."),
        (Modal(She, "can", Do("understand", The("story"))).Not().Told(),
            "Sie kann die Geschichte nicht verstehen.", "She cannot understand the story.", "Elle ne peut pas comprendre l'histoire."),
        (Modal(We, "would like", Do("help", They)).When("today").Told(),
            "Wir möchten ihnen heute helfen.", "We would like to help them today.", "Nous voudrions les aider aujourd'hui."),
        (Modal(The("friend").Many(), "will", Do("fall asleep")).Told(),
            "Die Freunde werden einschlafen.", "The friends will fall asleep.", "Les amis vont s'endormir."),

        // Being and being somewhere.
        (Now(The("story"), Be("beautiful")).Not().Told(),
            "Die Geschichte ist nicht schön.", "The story is not beautiful.", "L'histoire n'est pas belle."),
        (Was(My("dog").Many(), Be("sick")).Told(),
            "Meine Hunde waren krank.", "My dogs were sick.", "Mes chiens étaient malades."),
        (Now(The("mouse"), Do("sit").At(Under, This("tree").Being("old"))).Told(),
            "Die Maus sitzt unter diesem alten Baum.", "The mouse is sitting under this old tree.", "La souris est assise sous ce vieil arbre."),
        (Was(The("duck").Many(), Do("lie").At(In, The("kitchen"))).Told(),
            "Die Enten lagen in der Küche.", "The ducks were lying in the kitchen.", "Les canards étaient allongés dans la cuisine."),
        (Now(The("bear"), Do("stand").At(In, The("forest"))).Told(),
            "Der Bär steht im Wald.", "The bear is standing in the forest.", "L'ours se tient dans la forêt."),

        // Subordinate clauses.
        (Did(She, Do("close", The("window"))).With(Because, Was(The("child"), Be("tired"))).Told(),
            "Sie hat das Fenster zugemacht, weil das Kind müde war.", "She closed the window because the child was tired.", "Elle a fermé la fenêtre parce que l'enfant était fatigué."),
        (Now(I, Do("call", The("doctor"))).With(Because, Now(My("father"), Be("sick")), first: true).Told(),
            "Weil mein Vater krank ist, rufe ich den Arzt an.", "Because my father is sick, I am calling the doctor.", "Comme mon père est malade, j'appelle le médecin."),
        (Now(I, Hold("know")).With(That, Did(You, Do("write", The("letter")))).Told(),
            "Ich weiß, dass du den Brief geschrieben hast.", "I know that you wrote the letter.", "Je sais que tu as écrit la lettre."),
        (Now(The("mother"), Hold("hope")).With(That, Now(She, Do("tidy up", The("room")))).Told(),
            "Die Mutter hofft, dass sie das Zimmer aufräumt.", "The mother hopes that she is tidying up the room.", "La mère espère qu'elle range la chambre."),
        (Always(We, Do("work")).With(When, Always(The("boy").Many(), Do("arrive")), first: true).Told(),
            "Wenn die Jungen ankommen, arbeiten wir.", "When the boys arrive, we work.", "Quand les garçons arrivent, nous travaillons."),
        (Always(The("student"), Do("laugh")).With(When, Always(The("teacher"), Do("see", I))).Told(),
            "Der Student lacht, wenn mich der Lehrer sieht.", "The student laughs when the teacher sees me.", "L'étudiant rit quand le professeur me voit."),

        // Infinitives.
        (Now(The("boy"), Set("try", Do("open", The("box")))).Told(),
            "Der Junge versucht, die Kiste aufzumachen.", "The boy is trying to open the box.", "Le garçon essaie d'ouvrir la boîte."),
        (Did(I, Set("forget", Do("get up"))).Told(),
            "Ich habe vergessen, aufzustehen.", "I forgot to get up.", "J'ai oublié de me lever."),
        (Did(They, Set("start", Do("help", We))).Told(),
            "Sie haben angefangen, uns zu helfen.", "They started to help us.", "Ils ont commencé à nous aider."),
        (Did(He, Set("promise", Do("look", He))).Told(),
            "Er hat versprochen, ihn zu suchen.", "He promised to look for him.", "Il a promis de le chercher."),
        (Did(We, Do("go", The("kitchen")).Then(InOrderTo, Do("feed", The("cat")))).Told(),
            "Wir sind in die Küche gegangen, um die Katze zu füttern.", "We went into the kitchen to feed the cat.", "Nous sommes allés dans la cuisine pour nourrir le chat."),

        // Relative clauses.
        (Now(The("woman").Who(she => Did(she, Do("feed", The("dog")))), Do("sleep")).Told(),
            "Die Frau, die den Hund gefüttert hat, schläft.", "The woman who fed the dog is sleeping.", "La femme qui a nourri le chien dort."),
        (Now(The("song").Who(it => Did(We, Do("write", it))), Be("beautiful")).Told(),
            "Das Lied, das wir geschrieben haben, ist schön.", "The song that we wrote is beautiful.", "La chanson que nous avons écrite est belle."),
        (Did(I, Do("read", The("letter").Many().Who(it => Did(She, Do("find", it))))).Told(),
            "Ich habe die Briefe gelesen, die sie gefunden hat.", "I read the letters that she found.", "J'ai lu les lettres qu'elle a trouvées."),
        (Did(The("man"), Do("look", The("student").Who(he => Did(he, Do("leave"))))).Told(),
            "Der Mann hat den Studenten gesucht, der weggegangen ist.", "The man looked for the student who left.", "L'homme a cherché l'étudiant qui est parti."),
        (Did(The("girl").Many().Who(they => Was(they, Do("sit").At(On, The("bench").AsideWhich(it => Was(it, new Predicate(Verbs.Be).At(Behind, The("house"))))))), Do("laugh")).Told(),
            "Die Mädchen, die auf der Bank saßen, die hinter dem Haus war, haben gelacht.",
            "The girls who were sitting on the bench, which was behind the house, laughed.",
            "Les filles qui étaient assises sur le banc, qui était derrière la maison, ont ri."),
        (Did(The("fox").Who(it => Was(it, Do("wait").At(In, The("park").AsideWhich(park => Was(park, new Predicate(Verbs.Be).At(NextTo, The("garden"))))))), Do("jump")).Told(),
            "Der Fuchs, der im Park wartete, der neben dem Garten war, ist gesprungen.",
            "The fox that was waiting in the park, which was next to the garden, jumped.",
            "Le renard qui attendait dans le parc, qui était à côté du jardin, a sauté."),
    ];

    private static readonly (Sentence Meaning, string German, string English, string French)[] Questions =
    [
        (Did(You, Do("open", The("door"))).Asked(),
            "Hast du die Tür aufgemacht?", "Did you open the door?", "As-tu ouvert la porte ?"),
        (Did(You, Do("see", I)).Asked(),
            "Hast du mich gesehen?", "Did you see me?", "M'as-tu vu ?"),
        (Now(She, Do("look", My("key"))).Asked(Why),
            "Warum sucht sie meinen Schlüssel?", "Why is she looking for my key?", "Pourquoi cherche-t-elle ma clé ?"),
        (Did(The("friend"), Do("arrive")).Asked(QuestionWords[1]),
            "Wann ist der Freund angekommen?", "When did the friend arrive?", "Quand est-ce que l'ami est arrivé ?"),
        (Now(You, Do("see", Interrogative.What)).Asked(),
            "Was siehst du?", "What do you see?", "Qu'est-ce que tu vois ?"),
        (Did(He, Do("throw away", Interrogative.What)).Asked(),
            "Was hat er weggeworfen?", "What did he throw away?", "Qu'est-ce qu'il a jeté ?"),
        (Modal(Interrogative.Who, "can", Do("help", We)).Asked(),
            "Wer kann uns helfen?", "Who can help us?", "Qui peut nous aider ?"),
        (Did(Interrogative.Who, Do("turn on", The("lamp").Many())).Asked(),
            "Wer hat die Lampen angemacht?", "Who turned on the lamps?", "Qui a allumé les lampes ?"),
        (Modal(He, "want", Do("wake up")).Asked(),
            "Will er aufwachen?", "Does he want to wake up?", "Veut-il se réveiller ?"),
        (Modal(The("brother").Many(), "will", Do("bring", Some("milk")).To(I)).Asked(),
            "Werden mir die Brüder Milch mitbringen?", "Will the brothers bring me milk?", "Est-ce que les frères vont m'apporter du lait ?"),
        (Modal(You, "can", Do("help", I).Then(ToHelp, Do("translate", This("sentence")))).Asked(),
            "Kannst du mir helfen, diesen Satz zu übersetzen?", "Can you help me translate this sentence?", "Peux-tu m'aider à traduire cette phrase ?"),
        (Modal(I, "can", Do("help", You).Then(ToHelp, Do("tidy up", This("room")))).Asked(),
            "Kann ich dir helfen, dieses Zimmer aufzuräumen?", "Can I help you tidy up this room?", "Est-ce que je peux t'aider à ranger cette chambre ?"),
        (Modal(The("teacher"), "can", Do("help", The("girl")).Then(ToHelp, Do("look", This("key").Many()))).Asked(),
            "Kann der Lehrer dem Mädchen helfen, diese Schlüssel zu suchen?", "Can the teacher help the girl look for these keys?", "Est-ce que le professeur peut aider la fille à chercher ces clés ?"),
    ];

    public static TheoryData<int> StatementNumbers => [.. Enumerable.Range(0, Statements.Length)];

    public static TheoryData<int> QuestionNumbers => [.. Enumerable.Range(0, Questions.Length)];

    [Theory]
    [MemberData(nameof(StatementNumbers))]
    public void A_statement_is_worded_as_a_native_would(int number) => AssertWording(Statements[number]);

    [Theory]
    [MemberData(nameof(QuestionNumbers))]
    public void A_question_is_worded_as_a_native_would(int number) => AssertWording(Questions[number]);

    [Fact]
    public void A_question_typed_in_lower_case_is_translated_in_lower_case()
    {
        var question = Did(You, Do("open", The("door"))).Asked() with { IsLowerCase = true };

        AssertWording((question, "hast du die Tür aufgemacht?", "did you open the door?", "as-tu ouvert la porte ?"));
    }

    private static void AssertWording((Sentence Meaning, string German, string English, string French) expected)
    {
        Assert.Equal(expected.German, German.Realise(expected.Meaning));
        Assert.Equal(expected.English, English.Realise(expected.Meaning));
        Assert.Equal(expected.French, French.Realise(expected.Meaning));
    }
}
