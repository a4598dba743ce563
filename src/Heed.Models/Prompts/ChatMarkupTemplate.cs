using Heed.Models.Chat;

namespace Heed.Models.Prompts;

/// <summary>ChatML: each message between two special tokens, with its role on the first line.</summary>
internal sealed class ChatMarkupTemplate : PromptTemplate
{
    private const string Begin = "<|im_start|>";
    private const string End = "<|im_end|>";

    public override IReadOnlyList<string> SpecialTokens => [Begin, End];

    public override IEnumerable<PromptPart> Render(IReadOnlyList<ChatTurn> turns)
    {
        foreach (ChatTurn turn in Folded(turns))
        {
            yield return PromptPart.Marker(Begin);
            yield return PromptPart.Plain(turn.Role + "\n");
            if (turn.Role == ChatTurn.Assistant)
            {
                yield return PromptPart.Answer(turn.Text);
                yield return PromptPart.End(End);
            }
            else
            {
                yield return PromptPart.Plain(turn.Text);
                yield return PromptPart.Marker(End);
            }

            yield return PromptPart.Plain("\n");
        }

        if (AwaitsAnswer(turns))
        {
            yield return PromptPart.Marker(Begin);
            yield return PromptPart.Plain(ChatTurn.Assistant + "\n");
        }
    }
}
