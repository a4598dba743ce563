using Heed.Models.Configuration;
using Heed.Models.Formats;
using Heed.Text.Templates;
using Heed.Text.Tokenizers;

namespace Heed.Models.Chat;

/// <summary>Writes a conversation down as the prompt that a model was trained on. Safe for threads.</summary>
/// <remarks>
/// A checkpoint brings its template along, in the language of <see cref="Template"/>. It sees <c>messages</c> (each with <c>role</c> and
/// <c>content</c>), <c>add_generation_prompt</c>, and the names of the tokenizer's special tokens (<c>bos_token</c>, <c>eos_token</c>, ...), as in
/// Hugging Face's <c>apply_chat_template</c>.
/// </remarks>
public sealed class ChatTemplate
{
    /// <summary>The file of a model's folder that holds its template.</summary>
    public const string FileName = "chat_template.jinja";

    // Noncharacters of Unicode: they stand in no text.
    private const char PlainMark = '\uFDD0';

    private readonly Template template;

    /// <summary>Reads a template.</summary>
    /// <param name="text">The template.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="TemplateException">It is malformed; the message names the line.</exception>
    public ChatTemplate(string text, string source = "chat template")
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = text;
        template = Template.Parse(text, source);
    }

    /// <summary>The names of the templates that are known without a checkpoint: see <see cref="Named"/>.</summary>
    public static IReadOnlyList<string> KnownNames => KnownTemplates.Names;

    /// <summary>The template itself.</summary>
    public string Text { get; }

    /// <summary>Texts that end an answer, where the model has no special token for it.</summary>
    public IReadOnlyList<string> StopStrings { get; private init; } = [];

    /// <summary>Tells the time to templates that ask for the date; null is the system's. Set one that stands still where prompts must not change.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>One of the templates in common use, for models that bring none.</summary>
    /// <param name="name">One of <see cref="KnownNames"/>.</param>
    /// <exception cref="ConfigException">The name is not known.</exception>
    public static ChatTemplate Named(string name)
    {
        (string text, string[] stops) = KnownTemplates.Find(name)
            ?? throw new ConfigException($"there is no chat template {Display.Quote(name)}; known are {string.Join(", ", KnownNames)}");
        return new ChatTemplate(text, $"template {name}") { StopStrings = stops };
    }

    /// <summary>Finds the template that belongs to a model.</summary>
    /// <param name="path">The model: a folder (<c>chat_template.jinja</c>, or <c>chat_template</c> in <c>tokenizer_config.json</c>), a file in one, or a <c>.gguf</c> file.</param>
    /// <returns>The template; null if the model has none.</returns>
    /// <exception cref="TemplateException">It is malformed.</exception>
    /// <exception cref="InvalidDataException">A file around it is malformed.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ChatTemplate? Find(string path) => ChatTemplateFiles.Find(path) is var (text, source) ? new ChatTemplate(text, source) : null;

    /// <summary>The prompt as text.</summary>
    /// <param name="turns">The conversation.</param>
    /// <param name="tokenizer">The model's tokenizer, for the names of its special tokens.</param>
    /// <param name="addGenerationPrompt">Whether the beginning of the model's answer follows.</param>
    /// <exception cref="TemplateException">The template refuses the conversation, for example because two users speak in a row.</exception>
    public string Render(IReadOnlyList<ChatTurn> turns, Tokenizer tokenizer, bool addGenerationPrompt = true)
    {
        ArgumentNullException.ThrowIfNull(turns);
        ArgumentNullException.ThrowIfNull(tokenizer);
        return Render(turns.Select(turn => (turn.Role, turn.Text)), tokenizer, addGenerationPrompt);
    }

    /// <summary>The prompt as tokens. Special tokens come from the template alone: their names in the messages are text.</summary>
    /// <inheritdoc cref="Render(IReadOnlyList{ChatTurn}, Tokenizer, bool)"/>
    public int[] Encode(IReadOnlyList<ChatTurn> turns, Tokenizer tokenizer, bool addGenerationPrompt = true)
    {
        ArgumentNullException.ThrowIfNull(turns);
        ArgumentNullException.ThrowIfNull(tokenizer);
        string[] names = [.. SpecialNames(tokenizer)];
        string prompt = Render(turns.Select(turn => (turn.Role, Mark(turn.Text, names))), tokenizer, addGenerationPrompt);
        return tokenizer.Encode(prompt, new EncodeOptions { ParseSpecialTokens = true, PlainMark = PlainMark });
    }

    private string Render(IEnumerable<(string Role, string Content)> messages, Tokenizer tokenizer, bool addGenerationPrompt)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["messages"] = messages.Select(message => new Dictionary<string, object?> { ["role"] = message.Role, ["content"] = message.Content }),
            ["add_generation_prompt"] = addGenerationPrompt,
        };
        SpecialTokens special = tokenizer.Special;
        foreach ((string name, int id) in ((string, int)[])[("bos_token", special.BosId), ("eos_token", special.EosId), ("pad_token", special.PadId), ("unk_token", special.UnknownId)])
        {
            if (id != SpecialTokens.None)
            {
                values[name] = tokenizer.TokenText(id);
            }
        }

        return template.Render(values, (Clock ?? TimeProvider.System).GetLocalNow());
    }

    private static IEnumerable<string> SpecialNames(Tokenizer tokenizer) =>
        Enumerable.Range(0, tokenizer.VocabSize).Where(tokenizer.IsSpecial).Select(tokenizer.TokenText).Where(name => name.Length > 1);

    // A mark within each name keeps it from being one; a mark that somebody typed would do the same, so it goes.
    private static string Mark(string text, string[] names) => names.Aggregate(
        text.Replace(PlainMark.ToString(), string.Empty, StringComparison.Ordinal),
        (marked, name) => marked.Replace(name, $"{name[0]}{PlainMark}{name[1..]}", StringComparison.Ordinal));
}
