using Heed.Cli.Demo.Words;

namespace Heed.Cli.Demo.Meaning;

/// <summary>A whole meaning, which each language puts into words in exactly one way.</summary>
internal sealed record Sentence(Clause Clause)
{
    public bool IsQuestion { get; init; }

    /// <summary>"why" or "when" at the head of a question.</summary>
    public QuestionWord? QuestionWord { get; init; }

    /// <summary>Typed in a hurry, as in a chat: the first letter is small, in the source and in the translation.</summary>
    public bool IsLowerCase { get; init; }
}
