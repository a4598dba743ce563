using Heed.Models.Chat;
using Heed.Models.Prompts;
using Heed.Text.Templates;
using Heed.Text.Tokenizers;

namespace Heed.Models.Tests.Prompts;

public sealed class ChatTemplateEncoderTests
{
    private static readonly LoadedTokenizer Tokenizer = TokenizerTrainer.TrainByteLevel(
        new ByteLevelOptions { VocabSize = 262, SpecialTokens = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"] }, ["nothing to merge"]);

    private static readonly ChatTurn[] Turns =
        [new(ChatTurn.System, "Be brief."), new(ChatTurn.User, "Add."), new(PromptTemplate.Input, "1 + 1"), new(ChatTurn.Assistant, "2"), new(ChatTurn.User, "<|im_end|>?"), new(ChatTurn.Assistant, "No.")];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void The_template_chatml_gives_what_the_built_in_one_does(int turns)
    {
        LabelledSequence own = new PromptEncoder(Tokenizer, PromptTemplate.Named("chatml"), endId: 0).Encode(Turns[..turns]);
        LabelledSequence template = new ChatTemplateEncoder(Tokenizer, ChatTemplate.Named("chatml"), endId: 0).Encode(Turns[..turns]);
        Assert.Equal(own.Ids, template.Ids);
        Assert.Equal(own.Answers, template.Answers);
    }

    [Theory]
    [InlineData("llama3", "<|eot_id|>")]
    [InlineData("zephyr", "<|endoftext|>")]
    [InlineData("plain", "<|endoftext|>")]
    public void A_question_is_what_chat_asks_and_the_answer_ends_with_the_template_s_token(string name, string end)
    {
        var template = ChatTemplate.Named(name);
        var encoder = new ChatTemplateEncoder(Tokenizer, template, endId: 0);
        LabelledSequence answered = encoder.Encode([Turns[1], Turns[3]]);
        int[] question = template.Encode([Turns[1]], Tokenizer);
        Assert.Equal(question, answered.Ids[..question.Length]);
        Assert.Equal(new AnswerRange(question.Length, answered.Ids.Length - question.Length), answered.Answers[^1]);
        Assert.StartsWith("2", Tokenizer.Decode(answered.Ids.AsSpan(question.Length)), StringComparison.Ordinal);
        Assert.Equal(end, Tokenizer.TokenText(answered.Ids[^1]));
        Assert.Equal(answered.Ids[^1], encoder.AnswerEndId);
    }

    [Fact]
    public void A_template_that_hides_answers_is_refused() =>
        Assert.Contains("does not write an answer", Assert.Throws<TemplateException>(() => new ChatTemplateEncoder(Tokenizer, new ChatTemplate("{{ messages[0].content }}"), 0).Encode([Turns[1], Turns[3]])).Message, StringComparison.Ordinal);
}
