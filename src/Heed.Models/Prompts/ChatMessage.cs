namespace Heed.Models.Prompts;

/// <summary>What one side says in a conversation.</summary>
/// <param name="Role">Who says it: <see cref="System"/>, <see cref="User"/> or <see cref="Assistant"/>.</param>
/// <param name="Content">What is said.</param>
public sealed record ChatMessage(string Role, string Content)
{
    /// <summary>The role of what the assistant is told before the conversation.</summary>
    public const string System = "system";

    /// <summary>The role of the one who asks.</summary>
    public const string User = "user";

    /// <summary>The role of the one who answers: what a model learns to say.</summary>
    public const string Assistant = "assistant";

    /// <summary>What an instruction is to be applied to, where that is given apart from it; null otherwise.</summary>
    public string? Input { get; init; }
}
