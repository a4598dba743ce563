using Heed.Tensors.Random;

namespace Heed.Training.Compare.Tasks;

/// <summary>
/// Subject-verb agreement across relative clauses: "the cat that was sitting on the mats , which were next to the dog ... jump" is
/// to be answered with "jumps". Every noun on the way may have the other number, and its own verb agrees with it.
/// </summary>
/// <remarks>After Linzen et al. 2016, "Assessing the ability of LSTMs to learn syntax-sensitive dependencies", with made sentences.</remarks>
public sealed class AgreementTask : SequenceTask
{
    private static readonly string[] Nouns = ["cat", "dog", "bird", "boy", "girl", "horse", "farmer", "doctor", "fox", "king"];
    private static readonly string[] Places = ["mat", "house", "tree", "river", "table", "wall", "garden", "road"];
    private static readonly string[] Adjectives = ["small", "old", "black", "happy", "quiet"];
    private static readonly string[] Verbs = ["jump", "sleep", "run", "sing", "wait", "eat", "laugh", "fall"];
    private static readonly string[] Prepositions = ["next to", "near", "behind", "in front of"];
    private static readonly string[] Postures = ["sitting on", "standing by", "lying under"];

    private readonly Dictionary<string, int> ids = [];

    /// <summary>Numbers the words.</summary>
    public AgreementTask()
    {
        string[] fixedWords = ["the", "that", "which", ",", "was", "were"];
        string[] singular = [.. Nouns, .. Places];
        foreach (string word in (string[])[.. fixedWords, .. singular, .. singular.Select(Plural), .. Adjectives, .. Verbs, .. Verbs.Select(Singular), .. Prepositions.Concat(Postures).SelectMany(words => words.Split(' '))])
        {
            ids.TryAdd(word, FirstToken + ids.Count);
        }
    }

    /// <inheritdoc/>
    public override string Name => "agreement";

    /// <inheritdoc/>
    public override int VocabSize => FirstToken + ids.Count;

    /// <inheritdoc/>
    public override int Shortest => 0;

    /// <inheritdoc/>
    public override (int[] Source, int[] Target) Draw(SeededRandom random, int distance)
    {
        (string[] sentence, string verb) = Words(random, distance);
        return ([.. sentence.Select(word => ids[word])], [ids[verb]]);
    }

    /// <summary>Draws one sentence up to its verb, the verb's base form, and the form that agrees.</summary>
    /// <param name="random">The generator.</param>
    /// <param name="clauses">The number of relative clauses between subject and verb.</param>
    public static (string[] Sentence, string Verb) Words(SeededRandom random, int clauses)
    {
        ArgumentNullException.ThrowIfNull(random);
        bool plural = random.Next(2) == 1;
        string verb = Pick(random, Verbs);
        var words = new List<string>();
        AddNoun(words, random, Nouns, plural);
        bool nearest = plural;
        for (int clause = 0; clause < clauses; clause++)
        {
            words.AddRange(clause == 0 ? ["that"] : [",", "which"]);
            words.Add(nearest ? "were" : "was");
            words.AddRange(Pick(random, clause == 0 ? Postures : Prepositions).Split(' '));
            nearest = random.Next(2) == 1;
            AddNoun(words, random, random.Next(2) == 0 ? Nouns : Places, nearest);
        }

        words.AddRange([",", verb]);
        return ([.. words], plural ? verb : Singular(verb));
    }

    private static void AddNoun(List<string> words, SeededRandom random, string[] nouns, bool plural)
    {
        words.Add("the");
        if (random.Next(3) == 0)
        {
            words.Add(Pick(random, Adjectives));
        }

        string noun = Pick(random, nouns);
        words.Add(plural ? Plural(noun) : noun);
    }

    private static string Pick(SeededRandom random, string[] words) => words[random.Next(words.Length)];

    private static string Plural(string noun) => noun == "fox" ? "foxes" : noun + "s";

    private static string Singular(string verb) => verb + "s";
}
