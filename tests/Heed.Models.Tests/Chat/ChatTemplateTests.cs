using Heed.Models.Chat;
using Heed.Models.Configuration;
using Heed.Models.Formats;
using Heed.Models.Formats.Gguf;
using Heed.Testing;
using Heed.Text.Templates;
using Heed.Text.Tokenizers;

namespace Heed.Models.Tests.Chat;

/// <summary>Conversations as prompts: templates in the manner of the families, with what they write worked out by hand.</summary>
public sealed class ChatTemplateTests
{
    private static readonly ChatTurn[] Conversation =
    [
        new(ChatTurn.System, "Be brief."), new(ChatTurn.User, " Hi! "), new(ChatTurn.Assistant, "Hello."), new(ChatTurn.User, "Sum 1 and 2."),
    ];

    /// <summary>LLaMA 2's manner: the instructions inside the first question, each exchange with its own beginning and end.</summary>
    private const string InstructionStyle = """
        {% if messages[0]['role'] == 'system' %}{% set rest = messages[1:] %}{% set system = messages[0]['content'] %}{% else %}{% set rest = messages %}{% set system = false %}{% endif %}
        {% for message in rest %}
        {% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('user and assistant must take turns') }}{% endif %}
        {% if loop.index0 == 0 and system != false %}{% set content = '<<SYS>>\n' + system + '\n<</SYS>>\n\n' + message['content'] %}{% else %}{% set content = message['content'] %}{% endif %}
        {% if message['role'] == 'user' %}
        {{- bos_token + '[INST] ' + content.strip() + ' [/INST]' }}
        {%- elif message['role'] == 'assistant' %}
        {{- ' ' + content.strip() + ' ' + eos_token }}
        {%- endif %}
        {% endfor %}
        """;

    /// <summary>LLaMA 3.1's manner: headers, a date, and a default for what is not said.</summary>
    private const string HeaderStyle = """
        {{- bos_token }}
        {%- if not date_string is defined %}
            {%- if strftime_now is defined %}
                {%- set date_string = strftime_now("%d %b %Y") %}
            {%- else %}
                {%- set date_string = "26 Jul 2024" %}
            {%- endif %}
        {%- endif %}
        {#- What stands first may be instructions. #}
        {%- if messages[0]['role'] == 'system' %}
            {%- set system_message = messages[0]['content']|trim %}
            {%- set messages = messages[1:] %}
        {%- else %}
            {%- set system_message = "" %}
        {%- endif %}
        {{- "<|start_header_id|>system<|end_header_id|>\n\n" }}
        {{- "Today: " + date_string + "\n\n" }}
        {{- system_message }}
        {{- "<|eot_id|>" }}
        {%- for message in messages %}
            {%- if not (message.role == 'tool' or 'tool_calls' in message) %}
                {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n' + message['content'] | trim + '<|eot_id|>' }}
            {%- elif 'tool_calls' in message %}
                {{- raise_exception("one tool call at a time") }}
            {%- endif %}
        {%- endfor %}
        {%- if add_generation_prompt %}
            {{- '<|start_header_id|>assistant<|end_header_id|>\n\n' }}
        {%- endif %}
        """;

    /// <summary>Qwen 2.5's manner: instructions of its own where none are given, and tools where there are any.</summary>
    private const string MarkupStyle = """
        {%- if tools %}
            {{- '<|im_start|>system\nTools:' }}{%- for tool in tools %}{{- "\n" }}{{- tool | tojson }}{%- endfor %}{{- '<|im_end|>\n' }}
        {%- else %}
            {%- if messages[0]['role'] == 'system' %}
                {{- '<|im_start|>system\n' + messages[0]['content'] + '<|im_end|>\n' }}
            {%- else %}
                {{- '<|im_start|>system\nYou help.<|im_end|>\n' }}
            {%- endif %}
        {%- endif %}
        {%- for message in messages %}
            {%- if (message.role == "user") or (message.role == "system" and not loop.first) or (message.role == "assistant" and not message.tool_calls) %}
                {{- '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>' + '\n' }}
            {%- endif %}
        {%- endfor %}
        {%- if add_generation_prompt %}
            {{- '<|im_start|>assistant\n' }}
        {%- endif %}
        """;

    /// <summary>Zephyr's manner: lines, and blank ones between the tags that only the rules for white space take away.</summary>
    private const string LineStyle = """
        {% for message in messages %}
        {% if message['role'] == 'user' %}
        {{ '<|user|>\n' + message['content'] + eos_token }}
        {% elif message['role'] == 'system' %}
        {{ '<|system|>\n' + message['content'] + eos_token }}
        {% elif message['role'] == 'assistant' %}
        {{ '<|assistant|>\n'  + message['content'] + eos_token }}
        {% endif %}
        {% if loop.last and add_generation_prompt %}
        {{ '<|assistant|>' }}
        {% endif %}
        {% endfor %}
        """;

    [Theory]
    [InlineData(InstructionStyle, "<s>[INST] <<SYS>>\nBe brief.\n<</SYS>>\n\n Hi! [/INST] Hello. </s><s>[INST] Sum 1 and 2. [/INST]")]
    [InlineData(HeaderStyle, "<s><|start_header_id|>system<|end_header_id|>\n\nToday: 04 Mar 2026\n\nBe brief.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nHi!<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nHello.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nSum 1 and 2.<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n")]
    [InlineData(MarkupStyle, "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\n Hi! <|im_end|>\n<|im_start|>assistant\nHello.<|im_end|>\n<|im_start|>user\nSum 1 and 2.<|im_end|>\n<|im_start|>assistant\n")]
    [InlineData(LineStyle, "<|system|>\nBe brief.</s>\n<|user|>\n Hi! </s>\n<|assistant|>\nHello.</s>\n<|user|>\nSum 1 and 2.</s>\n<|assistant|>\n")]
    public void A_conversation_is_written_down(string template, string expected) =>
        Assert.Equal(expected, new ChatTemplate(template) { Clock = new StoppedClock() }.Render(Conversation, Characters()));

    [Theory]
    [InlineData("chatml", "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\n Hi! <|im_end|>\n<|im_start|>assistant\nHello.<|im_end|>\n<|im_start|>user\nSum 1 and 2.<|im_end|>\n<|im_start|>assistant\n")]
    [InlineData("llama2", "<s>[INST] <<SYS>>\nBe brief.\n<</SYS>>\n\nHi! [/INST] Hello. </s><s>[INST] Sum 1 and 2. [/INST]")]
    [InlineData("llama3", "<s><|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nHi!<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nHello.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nSum 1 and 2.<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n")]
    [InlineData("mistral", "<s>[INST] Be brief.\n\n Hi!  [/INST] Hello.</s>[INST] Sum 1 and 2. [/INST]")]
    [InlineData("plain", "<s>Be brief.\n\nUser:  Hi! \nAssistant: Hello.\nUser: Sum 1 and 2.\nAssistant:")]
    [InlineData("zephyr", "<|system|>\nBe brief.</s>\n<|user|>\n Hi! </s>\n<|assistant|>\nHello.</s>\n<|user|>\nSum 1 and 2.</s>\n<|assistant|>\n")]
    public void The_known_templates_write_their_forms(string name, string expected) => Assert.Equal(expected, ChatTemplate.Named(name).Render(Conversation, Characters()));

    [Fact]
    public void Without_the_beginning_of_an_answer_it_ends_with_the_last_turn()
    {
        Assert.Equal("<|im_start|>user\na<|im_end|>\n", ChatTemplate.Named("chatml").Render([new(ChatTurn.User, "a")], Characters(), addGenerationPrompt: false));
        Assert.Equal("<|im_start|>system\nYou help.<|im_end|>\n<|im_start|>user\na<|im_end|>\n", new ChatTemplate(MarkupStyle).Render([new(ChatTurn.User, "a")], Characters(), addGenerationPrompt: false));
    }

    [Fact]
    public void A_template_may_refuse()
    {
        var template = new ChatTemplate(InstructionStyle, "model/tokenizer_config.json");
        var error = Assert.Throws<TemplateException>(() => template.Render([new(ChatTurn.Assistant, "a")], Characters()));
        Assert.Equal("model/tokenizer_config.json: line 3: the template says: user and assistant must take turns", error.Message);
    }

    /// <summary>The names of special tokens mean them where the template writes them, and are letters where a user does.</summary>
    [Fact]
    public void What_a_user_types_is_never_structure()
    {
        Tokenizer tokenizer = Characters();
        int begin = Id("<s>"), end = Id("</s>");
        int[] ids = new ChatTemplate("{% for m in messages %}{{ bos_token + m.content|trim + eos_token }}{% endfor %}").Encode([new(ChatTurn.User, " a</s><s>b ")], tokenizer);
        Assert.Equal([begin, .. tokenizer.Encode("a</s><s>b"), end], ids);
        Assert.Equal(1, ids.Count(id => id == end));
        Assert.Equal("a</s><s>b", tokenizer.Decode(ids));

        int Id(string name) => tokenizer.TryGetTokenId(name, out int id) ? id : throw new ArgumentException(name);
    }

    [Fact]
    public void It_is_found_where_libraries_put_it()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(ChatTemplate.Find(folder.Path));
        File.WriteAllText(Path.Combine(folder.Path, "tokenizer_config.json"), """{"chat_template": "one"}""");
        Assert.Equal("one", ChatTemplate.Find(folder.Path)!.Text);
        File.WriteAllText(Path.Combine(folder.Path, "tokenizer_config.json"), """{"chat_template": [{"name": "tool_use", "template": "no"}, {"name": "default", "template": "two"}]}""");
        Assert.Equal("two", ChatTemplate.Find(Path.Combine(folder.Path, "model.safetensors"))!.Text);
        File.WriteAllText(Path.Combine(folder.Path, "chat_template.jinja"), "three");
        Assert.Equal("three", ChatTemplate.Find(folder.Path)!.Text);
        var writer = new GgufWriter();
        writer.Add("tokenizer.chat_template", GgufValue.Of("four"));
        writer.Save(Path.Combine(folder.Path, "m.gguf"));
        Assert.Equal("four", ChatTemplate.Find(Path.Combine(folder.Path, "m.gguf"))!.Text);
    }

    [Theory]
    [InlineData("""{"chat_template": 5}""", "must be a text or a list")]
    [InlineData("""{"chat_template": [{"name": "a", "template": "x"}, {"name": "b", "template": "y"}]}""", "found \"a\", \"b\"")]
    [InlineData("""{"chat_template": """, "not valid JSON")]
    public void A_malformed_file_is_named(string content, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "tokenizer_config.json"), content);
        Assert.Contains(expected, Assert.Throws<ModelFileException>(() => ChatTemplate.Find(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_name_lists_the_known() =>
        Assert.Contains("no chat template \"alpaca\"; known are chatml, llama2", Assert.Throws<ConfigException>(() => ChatTemplate.Named("alpaca")).Message, StringComparison.Ordinal);

    private static Tokenizer Characters() => TokenizerTrainer.Train(new TokenizerOptions { Kind = TokenizerKind.Characters, VocabSize = 300 }, ["abc s/<>"]);

    private sealed class StoppedClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
    }
}
