using Heed.Models.Chat;
using Heed.Models.Configuration;

namespace Heed.Models.Prompts;

/// <summary>How a conversation becomes the text that a model reads: where questions and answers begin and end.</summary>
public abstract class PromptTemplate
{
    /// <summary>The role of a turn that holds what the instruction before it is to be applied to.</summary>
    public const string Input = "input";

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
    /// <param name="turns">The conversation. Where its last turn is not the assistant's, the pieces end where the assistant's answer would begin.</param>
    public abstract IEnumerable<PromptPart> Render(IReadOnlyList<ChatTurn> turns);

    /// <summary>A conversation in which inputs stand in the text of the instruction before them, for forms that do not tell them apart.</summary>
    /// <param name="turns">The conversation.</param>
    protected internal static IEnumerable<ChatTurn> Folded(IReadOnlyList<ChatTurn> turns)
    {
        ArgumentNullException.ThrowIfNull(turns);
        for (int i = 0; i < turns.Count; i++)
        {
            ChatTurn turn = turns[i];
            while (i + 1 < turns.Count && turns[i + 1].Role == Input)
            {
                turn = turn with { Text = $"{turn.Text}\n\n{turns[++i].Text}" };
            }

            yield return turn;
        }
    }

    /// <summary>Whether the assistant is to speak next.</summary>
    protected static bool AwaitsAnswer(IReadOnlyList<ChatTurn> turns)
    {
        ArgumentNullException.ThrowIfNull(turns);
        return turns.Count == 0 || turns[^1].Role != ChatTurn.Assistant;
    }
}
