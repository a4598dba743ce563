using Heed.Tensors.Random;

namespace Heed.Training.Compare.Tasks;

/// <summary>
/// Agreement with a subject that is named only at the end: "this sheep that stood near these deer that stood behind this fish , the deer
/// wait" is to be answered with "the deer wait", and "..., the sheep wait" with "the sheep waits". The nouns do not show their number; the
/// word before them did, when they were mentioned.
/// </summary>
/// <remarks>
/// <see cref="AgreementTask"/> asks for the number of the first noun, one bit that a gate can hold for ever. Here any noun may become the subject, so
/// the numbers of all must be kept, or looked up.
/// </remarks>
public sealed class NamedSubjectTask : SequenceTask
{
    private const int MostBefore = 3;
    private static readonly string[] Nouns =
    [
        "sheep", "deer", "fish", "moose", "salmon", "trout", "bison", "shrimp", "squid", "carp", "elk", "cod",
        "swine", "pike", "tuna", "grouse", "reindeer", "buffalo", "halibut", "mackerel",
        "herring", "plaice", "haddock", "perch", "bream", "turbot", "snapper", "flounder",
        "bass", "crayfish", "cuttlefish", "starfish", "jellyfish", "goldfish", "shellfish", "quail",
    ];

    private static readonly string[] Verbs = ["jump", "sleep", "run", "wait", "eat", "fall"];
    private static readonly string[] Prepositions = ["near", "behind", "beside", "below"];

    private readonly Dictionary<string, int> ids = [];
    private readonly string[] nouns;

    /// <summary>Numbers the words.</summary>
    /// <param name="nouns">How many nouns there are: what a model must keep apart; at most <see cref="MostNouns"/>.</param>
    public NamedSubjectTask(int nouns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(nouns, MostBefore);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nouns, MostNouns);
        this.nouns = Nouns[..nouns];
        string[] fixedWords = ["the", "this", "these", "that", "stood", ","];
        foreach (string word in (string[])[.. fixedWords, .. this.nouns, .. Verbs, .. Verbs.Select(verb => verb + "s"), .. Prepositions])
        {
            ids.TryAdd(word, FirstToken + ids.Count);
        }
    }

    /// <summary>The most nouns there can be.</summary>
    public static int MostNouns => Nouns.Length;

    /// <summary>The most relative clauses for which a number of nouns is enough, since no noun comes twice.</summary>
    /// <param name="nouns">The number of nouns.</param>
    public static int MostClauses(int nouns) => nouns - 1 - MostBefore;

    /// <inheritdoc/>
    public override string Name => "subject";

    /// <inheritdoc/>
    public override int VocabSize => FirstToken + ids.Count;

    /// <inheritdoc/>
    public override int Shortest => 0;

    /// <inheritdoc/>
    public override int Repeated => 2;

    /// <inheritdoc/>
    public override (int[] Source, int[] Target) Draw(SeededRandom random, int distance)
    {
        (string[] sentence, string[] answer) = Words(random, distance);
        return ([.. sentence.Select(word => ids[word])], [.. answer.Select(word => ids[word])]);
    }

    /// <summary>Draws a sentence that ends with its subject and the base form of its verb; and the subject with the form that agrees.</summary>
    /// <param name="random">The generator.</param>
    /// <param name="clauses">The number of relative clauses since the mention of the subject.</param>
    public (string[] Sentence, string[] Answer) Words(SeededRandom random, int clauses)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegative(clauses);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clauses, MostClauses(nouns.Length));
        string[] drawn = [.. nouns];
        random.Shuffle(drawn.AsSpan());
        int subject = random.Next(MostBefore + 1);
        bool isPlural = false;
        var words = new List<string>();
        for (int i = 0; i <= subject + clauses; i++)
        {
            bool plural = random.Next(2) == 1;
            isPlural = i == subject ? plural : isPlural;
            words.AddRange([plural ? "these" : "this", drawn[i]]);
            words.AddRange(i < subject + clauses ? ["that", "stood", Prepositions[random.Next(Prepositions.Length)]] : (string[])[","]);
        }

        string verb = Verbs[random.Next(Verbs.Length)];
        words.AddRange(["the", drawn[subject], verb]);
        return ([.. words], ["the", drawn[subject], isPlural ? verb : verb + "s"]);
    }
}
