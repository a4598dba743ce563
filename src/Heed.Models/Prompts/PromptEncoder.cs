using System.Text;
using Heed.Models.Chat;
using Heed.Models.Configuration;
using Heed.Text.Tokenizers;

namespace Heed.Models.Prompts;

/// <summary>Writes conversations as one of the built-in templates does.</summary>
/// <remarks>
/// Text between two special tokens is encoded as a whole, as it will be when the finished model is asked. An answer is encoded apart from the question,
/// because that is how the model will write it: after the question's last token.
/// </remarks>
/// <param name="tokenizer">The model's tokenizer.</param>
/// <param name="template">How a conversation is written.</param>
/// <param name="endId">The token that ends an answer, where the template names none that the tokenizer has; usually what the model's texts end with.</param>
public sealed class PromptEncoder(Tokenizer tokenizer, PromptTemplate template, int endId) : ConversationEncoder
{
    /// <inheritdoc/>
    public override LabelledSequence Encode(IReadOnlyList<ChatTurn> turns)
    {
        ArgumentNullException.ThrowIfNull(turns);
        var text = new StringBuilder();
        List<int> ids = [.. tokenizer.Encode(string.Empty, new EncodeOptions { AddSpecialTokens = true })];
        var answers = new List<AnswerRange>();
        foreach ((PromptPartKind kind, string content) in template.Render(turns))
        {
            if (kind == PromptPartKind.Text || (kind == PromptPartKind.Marker && !tokenizer.TryGetTokenId(content, out _)))
            {
                text.Append(content);
                continue;
            }

            tokenizer.Encode(text.ToString(), ids);
            text.Clear();
            int start = ids.Count;
            switch (kind)
            {
                case PromptPartKind.Answer:
                    tokenizer.Encode(content, ids);
                    break;
                case PromptPartKind.End:
                    ids.Add(EndId(content));
                    break;
                default:
                    ids.Add(tokenizer.TryGetTokenId(content, out int id) ? id : throw new ConfigException($"the tokenizer has no token {content}"));
                    continue;
            }

            Add(answers, start, ids.Count);
        }

        if (turns is not [.., { Role: ChatTurn.Assistant }]) // behind the last answer there is nothing to read
        {
            tokenizer.Encode(text.ToString(), ids);
        }

        return new LabelledSequence([.. ids], answers);
    }

    // An answer and its end are one.
    private static void Add(List<AnswerRange> answers, int start, int end)
    {
        if (answers is [.., var last] && last.Start + last.Length == start)
        {
            answers[^1] = last with { Length = end - last.Start };
        }
        else
        {
            answers.Add(new AnswerRange(start, end - start));
        }
    }

    private int EndId(string name) => name.Length > 0 && tokenizer.TryGetTokenId(name, out int id) ? id : endId;
}
