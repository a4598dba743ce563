using Heed.Models.Chat;
using Heed.Text.Templates;
using Heed.Text.Tokenizers;

namespace Heed.Models.Prompts;

/// <summary>Writes conversations as a checkpoint's own chat template does.</summary>
/// <remarks>
/// The last answer is encoded apart from what is asked, because that is how the model will write it, and is learned with the first special token that the
/// template puts behind it. Earlier answers are learned where the template leaves earlier turns as they were.
/// </remarks>
/// <param name="tokenizer">The model's tokenizer.</param>
/// <param name="template">The template.</param>
/// <param name="endId">The token that ends an answer, where the template puts no special token behind it.</param>
public sealed class ChatTemplateEncoder(Tokenizer tokenizer, ChatTemplate template, int endId) : ConversationEncoder
{
    /// <inheritdoc/>
    /// <exception cref="TemplateException">The template refuses the conversation, or does not write answers behind what is asked.</exception>
    public override LabelledSequence Encode(IReadOnlyList<ChatTurn> turns)
    {
        ChatTurn[] folded = [.. PromptTemplate.Folded(turns)];
        if (folded is not [.., { Role: ChatTurn.Assistant } last])
        {
            int[] asked = template.Encode(folded, tokenizer);
            return new LabelledSequence(asked, [.. EarlierAnswers(folded, asked)]);
        }

        int[] question = template.Encode(folded[..^1], tokenizer);
        List<int> ids = [.. question];
        tokenizer.Encode(last.Text, ids);
        ids.AddRange(End(folded, last));
        return new LabelledSequence([.. ids], [.. EarlierAnswers(folded[..^1], question), new AnswerRange(question.Length, ids.Count - question.Length)]);
    }

    private int[] End(ChatTurn[] turns, ChatTurn last)
    {
        string asked = template.Render(turns[..^1], tokenizer), whole = template.Render(turns, tokenizer, addGenerationPrompt: false);
        string rest = whole.StartsWith(asked, StringComparison.Ordinal) ? whole[asked.Length..].TrimStart() : string.Empty;
        string answer = last.Text.Trim(); // some templates trim
        if (!rest.StartsWith(answer, StringComparison.Ordinal) || whole.Length < asked.Length)
        {
            throw new TemplateException("chat template", 1, "it does not write an answer behind what is asked, so that nothing can be learned with it; name another template");
        }

        int[] tail = tokenizer.Encode(rest[answer.Length..], new EncodeOptions { ParseSpecialTokens = true });
        int end = Array.FindIndex(tail, tokenizer.IsSpecial);
        return end < 0 ? [endId] : tail[..(end + 1)];
    }

    private IEnumerable<AnswerRange> EarlierAnswers(ChatTurn[] asked, int[] question)
    {
        for (int i = 0; i < asked.Length; i++)
        {
            if (asked[i].Role != ChatTurn.Assistant || template.Encode(asked[..i], tokenizer) is var before && !question.AsSpan().StartsWith(before))
            {
                continue;
            }

            int end = Array.FindIndex(question, before.Length, tokenizer.IsSpecial);
            if (end >= 0)
            {
                yield return new AnswerRange(before.Length, end + 1 - before.Length);
            }
        }
    }
}
