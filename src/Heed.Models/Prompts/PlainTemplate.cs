using Heed.Models.Chat;

namespace Heed.Models.Prompts;

/// <summary>No marks at all: the answer follows the question as it is, and ends with the tokenizer's end.</summary>
internal sealed class PlainTemplate : PromptTemplate
{
    public override IEnumerable<PromptPart> Render(IReadOnlyList<ChatTurn> turns)
    {
        foreach (ChatTurn turn in Folded(turns))
        {
            if (turn.Role == ChatTurn.Assistant)
            {
                yield return PromptPart.Answer(turn.Text);
                yield return PromptPart.End();
            }
            else
            {
                yield return PromptPart.Plain(turn.Text);
            }
        }
    }
}
