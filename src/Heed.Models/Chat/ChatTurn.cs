namespace Heed.Models.Chat;

/// <summary>One message of a conversation.</summary>
/// <param name="Role">Who speaks: <see cref="System"/>, <see cref="User"/> or <see cref="Assistant"/>; a model's template may know others.</param>
/// <param name="Text">What is said. Names of special tokens in it are text.</param>
public sealed record ChatTurn(string Role, string Text)
{
    /// <summary>Instructions that stand before the conversation.</summary>
    public const string System = "system";

    /// <summary>A person.</summary>
    public const string User = "user";

    /// <summary>The model.</summary>
    public const string Assistant = "assistant";
}
