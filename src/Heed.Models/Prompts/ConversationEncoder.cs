using Heed.Models.Chat;

namespace Heed.Models.Prompts;

/// <summary>Turns conversations into tokens, and says which of them are answers.</summary>
public abstract class ConversationEncoder
{
    /// <summary>The token that ends an answer: where a model that was tuned in this form stops.</summary>
    public int AnswerEndId => Encode([new(ChatTurn.User, "?"), new(ChatTurn.Assistant, ".")]).Ids[^1];

    /// <summary>Encodes a conversation.</summary>
    /// <param name="turns">
    /// The conversation, from its beginning. Where the last turn is not the assistant's, the tokens end where its answer would begin.
    /// A turn of the role <see cref="PromptTemplate.Input"/> holds what the instruction before it is to be applied to.
    /// </param>
    /// <returns>Its tokens; the answers and their ends are to be learned.</returns>
    public abstract LabelledSequence Encode(IReadOnlyList<ChatTurn> turns);
}
