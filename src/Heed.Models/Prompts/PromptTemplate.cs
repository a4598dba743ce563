using Heed.Models.Configuration;

namespace Heed.Models.Prompts;

/// <summary>How a conversation becomes the text that a model reads: where questions and answers begin and end.</summary>
public abstract class PromptTemplate
{
    private static readonly Dictionary<string, PromptTemplate> Templates = new(StringComparer.Ordinal)
    {
        ["plain"] = new PlainTemplate(),
        ["alpaca"] = new AlpacaTemplate(),
        ["chatml"] = new ChatMarkupTemplate(),
    };

    /// <summary>The names of the built-in templates.</summary>
    public static IReadOnlyCollection<string> Names => Templates.Keys;

    /// <summary>A built-in template.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ConfigException">There is none of that name.</exception>
    public static PromptTemplate Named(string name) => Templates.GetValueOrDefault(name)
        ?? throw new ConfigException($"the prompt template \"{name}\" does not exist; there are {string.Join(", ", Names)}");

    /// <summary>The special tokens that the template marks with.</summary>
    public virtual IReadOnlyList<string> SpecialTokens => [];

    /// <summary>The pieces of a conversation, in order.</summary>
    /// <param name="messages">The conversation. Where its last message is not the assistant's, the pieces end where the assistant's answer would begin.</param>
    public abstract IEnumerable<PromptPart> Render(IReadOnlyList<ChatMessage> messages);

    /// <summary>A message and its input as one text, for templates that do not tell them apart.</summary>
    protected static string WithInput(ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Input is null ? message.Content : $"{message.Content}\n\n{message.Input}";
    }

    /// <summary>Whether the assistant is to speak next.</summary>
    protected static bool AwaitsAnswer(IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return messages.Count == 0 || messages[^1].Role != ChatMessage.Assistant;
    }
}
