using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Tokenizers;

/// <summary>A few sentences to train on in a moment, and tokenizers of every kind trained on them.</summary>
internal static class SmallCorpus
{
    public static IReadOnlyList<string> Lines { get; } =
    [
        "Ein kleiner Hund läuft über die Wiese.", "Ein Mann läuft über die Straße.", "Zwei kleine Hunde spielen im Schnee.",
        "Ein Mann und eine Frau spielen Gitarre.", "Eine Frau läuft mit dem Hund über die Wiese.", "Der Mann spielt, die Frau singt.",
        "Drei Männer stehen vor einem Haus mit 12 Fenstern.", "Eine Gruppe von Menschen steht im Schnee.", "low lower newest widest, lower and newest!",
        "Ein Hund, zwei Hunde, drei Hunde: 3 Hunde.", "Die Frau singt und der Mann läuft.", "Kleine Hunde laufen, große Hunde stehen. 🙂 é",
    ];

    public static Tokenizer Train(string kind, int vocabSize = 400, bool lowercase = false) =>
        Train(new TokenizerOptions { Kind = kind, VocabSize = vocabSize, Lowercase = lowercase }, Lines);

    public static Tokenizer Train(TokenizerOptions options, IEnumerable<string> lines) =>
        TokenizerTrainer.Train(options, lines, progress: null, TestContext.Current.CancellationToken);
}
