namespace Heed.Models.Prompts;

/// <summary>No marks at all: the answer follows the question as it is, and ends with the tokenizer's end.</summary>
internal sealed class PlainTemplate : PromptTemplate
{
    public override IEnumerable<PromptPart> Render(IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        foreach (ChatMessage message in messages)
        {
            if (message.Role == ChatMessage.Assistant)
            {
                yield return PromptPart.Answer(message.Content);
                yield return PromptPart.End();
            }
            else
            {
                yield return PromptPart.Plain(WithInput(message));
            }
        }
    }
}
