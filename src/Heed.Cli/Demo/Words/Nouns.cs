using static Heed.Cli.Demo.Meaning.Kind;

namespace Heed.Cli.Demo.Words;

/// <summary>The nouns of the demo.</summary>
internal static class Nouns
{
    public static readonly Noun Sentence = new("der Satz, Sätze", "sentence", "une phrase", Writing);
    public static readonly Noun Cat = new("die Katze, Katzen", "cat", "un chat", Animal | Owned);
    public static readonly Noun Dog = new("der Hund, Hunde", "dog", "un chien", Animal | Owned);
    public static readonly Noun Mat = new("die Matte", "mat", "un tapis", Surface);

    /// <summary>Every noun. Those that would sound odd in the plural have none.</summary>
    public static readonly IReadOnlyList<Noun> All =
    [
        new("der Mann, Männer", "man, men", "un homme", Human | Adult),
        new("die Frau, Frauen", "woman, women", "une femme", Human | Adult),
        new("das Kind, Kinder", "child, children", "un enfant", Human),
        new("der Junge, Jungen (weak)", "boy", "un garçon", Human),
        new("das Mädchen, Mädchen", "girl", "une fille", Human),
        new("der Lehrer, Lehrer", "teacher", "un professeur", Human | Adult | Owned),
        new("der Freund, Freunde", "friend", "un ami", Human | Adult | Owned),
        new("der Student, Studenten (weak)", "student", "un étudiant", Human),
        new("der Arzt, Ärzte", "doctor", "un médecin", Human | Adult),
        new("die Mutter", "mother", "une mère", Human | Adult | Owned | Unique),
        new("der Vater", "father", "un père", Human | Adult | Owned | Unique),
        new("der Bruder, Brüder", "brother", "un frère", Human | Owned | Unique),
        new("die Schwester, Schwestern", "sister", "une sœur", Human | Owned | Unique),

        Cat,
        Dog,
        new("die Maus, Mäuse", "mouse, mice", "une souris", Animal),
        new("der Vogel, Vögel", "bird", "un oiseau", Animal),
        new("das Pferd, Pferde", "horse", "un cheval", Animal | Owned),
        new("die Kuh, Kühe", "cow", "une vache", Animal),
        new("der Fuchs, Füchse", "fox", "un renard", Animal),
        new("die Ente, Enten", "duck", "un canard", Animal),
        new("der Bär, Bären (weak)", "bear", "un ours", Animal),

        Sentence,
        new("das Buch, Bücher", "book", "un livre", Writing | Openable | Ware | Owned),
        new("der Brief, Briefe", "letter", "une lettre", Writing | Ware | Owned),
        new("der Text, Texte", "text", "un texte", Writing | Owned),
        new("das Wort, Wörter", "word", "un mot", Writing),
        new("die Geschichte, Geschichten", "story", "une histoire", Writing),
        new("das Lied, Lieder", "song", "une chanson", Writing),
        new("das Gedicht, Gedichte", "poem", "un poème", Writing | Owned),
        new("die Frage, Fragen", "question", "une question", Writing | Owned),
        new("die Zeitung, Zeitungen", "newspaper", "un journal", Reading | Ware | Owned),

        new("die Tür, Türen", "door", "une porte", Openable | Landmark),
        new("das Fenster, Fenster", "window", "une fenêtre", Openable | Washable | Landmark),
        new("die Kiste, Kisten", "box", "une boîte", Load | Openable | Ware | Surface | Landmark),
        new("der Koffer, Koffer", "suitcase", "une valise", Load | Openable | Ware | Owned),
        new("die Tasche, Taschen", "bag", "un sac", Openable | Ware | Washable | Owned),
        new("der Schlüssel, Schlüssel", "key", "une clé", Ware | Owned),
        new("der Ball", "ball", "un ballon", Ware | Toy | Owned),
        new("die Blume, Blumen", "flower", "une fleur", Ware),
        new("der Hut, Hüte", "hat", "un chapeau", Ware | Owned),
        new("der Schuh, Schuhe", "shoe", "une chaussure", Ware | Washable | Owned),
        new("die Tasse, Tassen", "cup", "une tasse", Ware | Washable | Owned),
        new("der Teller, Teller", "plate", "une assiette", Ware | Washable),

        new("der Apfel, Äpfel", "apple", "une pomme", Food),
        new("das Ei, Eier", "egg", "un œuf", Food),
        new("der Kuchen, Kuchen", "cake", "un gâteau", Food),
        new("das Brot", "bread", "un pain", Food | Mass),
        new("der Käse", "cheese", "un fromage", Food | Mass),
        new("die Suppe", "soup", "une soupe", Food | Mass),
        new("das Wasser", "water", "une eau", Drink | Mass),
        new("die Milch", "milk", "un lait", Drink | Mass),
        new("der Kaffee", "coffee", "un café", Drink | Mass),

        new("die Lampe, Lampen", "lamp", "une lampe", Device | Ware),
        new("das Radio, Radios", "radio, radios", "une radio", Device | Ware | Owned),
        new("der Computer, Computer", "computer", "un ordinateur", Device | Ware | Owned),
        new("das Auto, Autos", "car", "une voiture", Vehicle | Washable | Landmark | Owned),
        new("das Fahrrad, Fahrräder", "bike", "un vélo", Vehicle | Washable | Landmark | Owned),
        new("der Bus", "bus", "un bus", Transport),
        new("der Zug", "train", "un train", Transport),

        Mat,
        new("der Tisch, Tische", "table", "une table", Load | Surface | Shelter | Landmark | Washable),
        new("der Stuhl, Stühle", "chair", "une chaise", Load | Surface | Shelter | Landmark | Washable),
        new("das Bett", "bed", "un lit", Load | Surface | Shelter | Landmark),
        new("das Sofa", "sofa", "un canapé", Load | Surface | Landmark),
        new("die Bank", "bench", "un banc", Surface | Shelter | Landmark),
        new("die Brücke", "bridge", "un pont", Surface | Shelter | Large),
        new("der Baum, Bäume", "tree", "un arbre", Shelter | Landmark | Large),

        new("das Haus", "house", "une maison", Location | Landmark | Large | Owned),
        new("die Schule", "school", "une école", Location | Landmark | Large),
        new("die Kirche", "church", "une église", Location | Landmark | Large),
        new("der Laden", "shop", "un magasin", Location | Landmark | Large),
        new("der Garten", "garden", "un jardin", Location | Large | Owned | Unique),
        new("der Wald", "forest", "une forêt", Location | Large | Unique),
        new("der Park", "park", "un parc", Location | Large | Unique),
        new("die Küche", "kitchen", "une cuisine", Location | Room | Unique),
        new("das Zimmer", "room", "une chambre", Location | Room | Owned | Unique),
        new("das Büro", "office", "un bureau", Location | Room | Owned | Unique),
    ];
}
