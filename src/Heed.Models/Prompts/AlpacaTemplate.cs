using Heed.Models.Chat;

namespace Heed.Models.Prompts;

/// <summary>The headings that the Alpaca models were tuned with: an instruction, an input where there is one, a response.</summary>
/// <remarks>Taori et al. 2023, "Stanford Alpaca". The wording is theirs: a model tuned with it expects it to the letter.</remarks>
internal sealed class AlpacaTemplate : PromptTemplate
{
    private const string Task = "Below is an instruction that describes a task";
    private const string Context = ", paired with an input that provides further context";
    private const string Request = ". Write a response that appropriately completes the request.";
    private const string Response = "### Response:\n";

    public override IEnumerable<PromptPart> Render(IReadOnlyList<ChatTurn> turns)
    {
        ArgumentNullException.ThrowIfNull(turns);
        bool isFirst = true;
        for (int i = 0; i < turns.Count; i++)
        {
            (string role, string text) = turns[i];
            switch (role)
            {
                case ChatTurn.Assistant:
                    yield return PromptPart.Plain(Response);
                    yield return PromptPart.Answer(text);
                    yield return PromptPart.End();
                    break;
                case ChatTurn.System:
                    yield return PromptPart.Plain(text + "\n\n");
                    isFirst = false; // it says what the first sentence would
                    break;
                case Input:
                    yield return PromptPart.Plain($"### Input:\n{text}\n\n");
                    break;
                default:
                    bool hasInput = i + 1 < turns.Count && turns[i + 1].Role == Input;
                    string opening = isFirst ? $"{Task}{(hasInput ? Context : string.Empty)}{Request}\n\n" : string.Empty;
                    yield return PromptPart.Plain($"{opening}### Instruction:\n{text}\n\n");
                    isFirst = false;
                    break;
            }
        }

        if (AwaitsAnswer(turns))
        {
            yield return PromptPart.Plain(Response);
        }
    }
}
