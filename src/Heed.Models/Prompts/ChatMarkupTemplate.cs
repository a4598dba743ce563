namespace Heed.Models.Prompts;

/// <summary>ChatML: each message between two special tokens, with its role on the first line.</summary>
internal sealed class ChatMarkupTemplate : PromptTemplate
{
    private const string Begin = "<|im_start|>";
    private const string End = "<|im_end|>";

    public override IReadOnlyList<string> SpecialTokens => [Begin, End];

    public override IEnumerable<PromptPart> Render(IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        foreach (ChatMessage message in messages)
        {
            yield return PromptPart.Marker(Begin);
            yield return PromptPart.Plain(message.Role + "\n");
            if (message.Role == ChatMessage.Assistant)
            {
                yield return PromptPart.Answer(message.Content);
                yield return PromptPart.End(End);
            }
            else
            {
                yield return PromptPart.Plain(WithInput(message));
                yield return PromptPart.Marker(End);
            }

            yield return PromptPart.Plain("\n");
        }

        if (AwaitsAnswer(messages))
        {
            yield return PromptPart.Marker(Begin);
            yield return PromptPart.Plain(ChatMessage.Assistant + "\n");
        }
    }
}
