namespace Heed.Models.Prompts;

/// <summary>The headings that the Alpaca models were tuned with: an instruction, an input where there is one, a response.</summary>
/// <remarks>Taori et al. 2023, "Stanford Alpaca". The wording is theirs: a model tuned with it expects it to the letter.</remarks>
internal sealed class AlpacaTemplate : PromptTemplate
{
    private const string Task = "Below is an instruction that describes a task";
    private const string Context = ", paired with an input that provides further context";
    private const string Request = ". Write a response that appropriately completes the request.";
    private const string Response = "### Response:\n";

    public override IEnumerable<PromptPart> Render(IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        bool isFirst = true;
        foreach (ChatMessage message in messages)
        {
            switch (message.Role)
            {
                case ChatMessage.Assistant:
                    yield return PromptPart.Plain(Response);
                    yield return PromptPart.Answer(message.Content);
                    yield return PromptPart.End();
                    break;
                case ChatMessage.System:
                    yield return PromptPart.Plain(message.Content + "\n\n");
                    isFirst = false; // it says what the first sentence would
                    break;
                default:
                    yield return PromptPart.Plain(Question(message, isFirst));
                    isFirst = false;
                    break;
            }
        }

        if (AwaitsAnswer(messages))
        {
            yield return PromptPart.Plain(Response);
        }
    }

    private static string Question(ChatMessage message, bool isFirst)
    {
        string opening = isFirst ? $"{Task}{(message.Input is null ? string.Empty : Context)}{Request}\n\n" : string.Empty;
        string input = message.Input is null ? string.Empty : $"### Input:\n{message.Input}\n\n";
        return $"{opening}### Instruction:\n{message.Content}\n\n{input}";
    }
}
