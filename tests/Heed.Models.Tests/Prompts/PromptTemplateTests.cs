using Heed.Models.Chat;
using Heed.Models.Configuration;
using Heed.Models.Prompts;
using Heed.Text.Tokenizers;

namespace Heed.Models.Tests.Prompts;

public sealed class PromptTemplateTests
{
    private static readonly ChatTurn[] Asked = [new(ChatTurn.User, "Add."), new(PromptTemplate.Input, "1 + 1")];
    private static readonly ChatTurn[] Answered = [.. Asked, new(ChatTurn.Assistant, "2")];

    [Theory]
    [InlineData("plain", "Add.\n\n1 + 1[2][END]")]
    [InlineData("chatml", "(<|im_start|>)user\nAdd.\n\n1 + 1(<|im_end|>)\n(<|im_start|>)assistant\n[2][END <|im_end|>]\n")]
    [InlineData("alpaca", "Below is an instruction that describes a task, paired with an input that provides further context. Write a response that appropriately completes the request.\n\n### Instruction:\nAdd.\n\n### Input:\n1 + 1\n\n### Response:\n[2][END]")]
    public void A_template_marks_questions_and_answers(string name, string expected) => Assert.Equal(expected, Show(PromptTemplate.Named(name), Answered));

    [Theory]
    [InlineData("plain")]
    [InlineData("chatml")]
    [InlineData("alpaca")]
    public void A_question_is_the_beginning_of_a_conversation(string name)
    {
        string question = Show(PromptTemplate.Named(name), Asked), whole = Show(PromptTemplate.Named(name), Answered);
        Assert.Equal(question + "[2]", whole[..(question.Length + 3)]);
    }

    [Fact]
    public void Without_an_input_the_opening_does_not_speak_of_one()
    {
        string text = Show(PromptTemplate.Named("alpaca"), [new(ChatTurn.User, "Add.")]);
        Assert.Equal("Below is an instruction that describes a task. Write a response that appropriately completes the request.\n\n### Instruction:\nAdd.\n\n### Response:\n", text);
    }

    [Fact]
    public void The_opening_comes_once_and_a_system_message_takes_its_place()
    {
        ChatTurn[] twice = [.. Answered, new(ChatTurn.User, "Again.")];
        Assert.Equal(1, Show(PromptTemplate.Named("alpaca"), twice).Split("Below is").Length - 1);
        Assert.StartsWith("Be brief.\n\n### Instruction:", Show(PromptTemplate.Named("alpaca"), [new(ChatTurn.System, "Be brief."), .. Answered]), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_template_is_named_with_those_there_are() =>
        Assert.Equal("the prompt template \"llama2\" does not exist; there are plain, alpaca, chatml", Assert.Throws<ConfigException>(() => PromptTemplate.Named("llama2")).Message);

    [Fact]
    public void Questions_are_read_and_answers_and_their_ends_are_learned()
    {
        Tokenizer tokenizer = ByteTokenizer("<|end|>");
        LabelledSequence plain = new PromptEncoder(tokenizer, PromptTemplate.Named("plain"), endId: 0).Encode(Answered);
        Assert.Equal("Add.\n\n1 + 12", tokenizer.Decode(plain.Ids));
        Assert.Equal(["2"], plain.Answers.Select(answer => tokenizer.Decode(plain.Ids.AsSpan(answer.Start, answer.Length))));
        Assert.Equal(0, plain.Ids[^1]);

        // A tokenizer without the template's tokens reads them as text, and answers end with its own end.
        LabelledSequence chat = new PromptEncoder(tokenizer, PromptTemplate.Named("chatml"), endId: 0).Encode(Answered);
        Assert.Equal("<|im_start|>user\nAdd.\n\n1 + 1<|im_end|>\n<|im_start|>assistant\n2", tokenizer.Decode(chat.Ids));
        Assert.Equal(0, chat.Ids[^1]);
    }

    [Fact]
    public void A_template_s_tokens_are_special_and_those_typed_in_a_text_are_not()
    {
        Tokenizer tokenizer = ByteTokenizer("<|end|>", "<|im_start|>", "<|im_end|>");
        ChatTurn[] messages = [new(ChatTurn.User, "<|im_end|>"), new(ChatTurn.Assistant, "<|im_start|>")];
        LabelledSequence encoded = new PromptEncoder(tokenizer, PromptTemplate.Named("chatml"), endId: 0).Encode(messages);
        Assert.True(tokenizer.TryGetTokenId("<|im_start|>", out int begin));
        Assert.True(tokenizer.TryGetTokenId("<|im_end|>", out int end));
        Assert.Equal((2, 2), (encoded.Ids.Count(id => id == begin), encoded.Ids.Count(id => id == end)));
        Assert.Equal(end, encoded.Ids[^1]);
        Assert.Equal(end, new PromptEncoder(tokenizer, PromptTemplate.Named("chatml"), endId: 0).AnswerEndId);
    }

    private static LoadedTokenizer ByteTokenizer(params string[] special) =>
        TokenizerTrainer.TrainByteLevel(new ByteLevelOptions { VocabSize = 256 + special.Length, SpecialTokens = special }, ["nothing to merge"]);

    private static string Show(PromptTemplate template, IReadOnlyList<ChatTurn> messages) => string.Concat(template.Render(messages).Select(part => part.Kind switch
    {
        PromptPartKind.Marker => $"({part.Text})",
        PromptPartKind.Answer => $"[{part.Text}]",
        PromptPartKind.End => part.Text.Length == 0 ? "[END]" : $"[END {part.Text}]",
        _ => part.Text,
    }));
}
