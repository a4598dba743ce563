using System.Collections.Immutable;
using Heed.Models.Configuration;
using Heed.Models.Generation;
using Heed.Text.Tokenizers;

namespace Heed.Models.Chat;

/// <summary>Answers in conversations. May be used from many threads at once: their answers are computed in turns, token by token.</summary>
/// <remarks>
/// It keeps no conversation: each call brings the whole. What was read of the last few is remembered as keys and values, so that the next turn of
/// one reads only what is new. That changes no bit of the answer.
/// </remarks>
public sealed class ChatGenerator : IDisposable
{
    // Special tokens that end a turn, in the models that have them; not every configuration says so.
    private static readonly string[] TurnEnds = ["<|im_end|>", "<|eot_id|>", "<|end|>", "<|end_of_turn|>", "<end_of_turn>"];

    private readonly PromptCachePool pool;
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>Puts a model and a template together.</summary>
    /// <param name="generator">The model with its tokenizer.</param>
    /// <param name="template">How a conversation is written down.</param>
    /// <param name="remembered">Of how many conversations the keys and values are kept; each takes as much memory as its text does in the model.</param>
    public ChatGenerator(TextGenerator generator, ChatTemplate template, int remembered = 4)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(template);
        ArgumentOutOfRangeException.ThrowIfNegative(remembered);
        Generator = generator;
        Template = template;
        pool = new PromptCachePool(remembered);
        ImmutableArray<int> ends = [.. TurnEnds.Where(template.Text.Contains).Select(name => SpecialId(generator.Tokenizer, name)).OfType<int>()];
        Options = generator.Options with
        {
            MaxNewTokens = generator.Model.MaxLength,
            StopTokens = [.. generator.Options.StopTokens.Concat(ends).Distinct()],
            StopStrings = [.. generator.Options.StopStrings.Concat(template.StopStrings.Where(text => SpecialId(generator.Tokenizer, text) is null)).Distinct()],
        };
    }

    /// <summary>The model with its tokenizer.</summary>
    public TextGenerator Generator { get; }

    /// <summary>How a conversation is written down.</summary>
    public ChatTemplate Template { get; }

    /// <summary>How answers are written unless a call says otherwise: the model's own settings, its turn's end, and no limit but the model's own length.</summary>
    public GenerationOptions Options { get; }

    /// <summary>Loads a model with its template.</summary>
    /// <param name="path">A folder with <c>config.json</c> and safetensors, a <c>.gguf</c> file, or a <c>.bin</c> file of llama2.c.</param>
    /// <param name="tokenizer">The tokenizer's file or folder; null takes the one in the model's file or beside it.</param>
    /// <param name="template">One of <see cref="ChatTemplate.KnownNames"/>, or a file with a template; null takes the model's own.</param>
    /// <exception cref="ConfigException">The model does not continue text, has no template, or the name is not known.</exception>
    /// <exception cref="InvalidDataException">A file is missing or malformed.</exception>
    /// <exception cref="Text.Templates.TemplateException">The template is malformed.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ChatGenerator Load(string path, string? tokenizer = null, string? template = null)
    {
        ChatTemplate? chosen = template is null ? ChatTemplate.Find(path)
            : File.Exists(template) ? new ChatTemplate(File.ReadAllText(template), template)
            : ChatTemplate.Named(template);
        return chosen is not null
            ? new ChatGenerator(TextGenerator.Load(path, tokenizer), chosen)
            : throw new ConfigException($"{path} brings no chat template, so nothing says how a conversation is written for it; choose one of {string.Join(", ", ChatTemplate.KnownNames)} (plain for models that were not trained to chat), or name a file with one");
    }

    /// <summary>The tokens of a conversation, ready for the model's answer.</summary>
    /// <param name="turns">The conversation.</param>
    /// <exception cref="Text.Templates.TemplateException">The template refuses the conversation.</exception>
    public int[] Encode(IReadOnlyList<ChatTurn> turns)
    {
        int[] prompt = Template.Encode(turns, Generator.Tokenizer);
        return prompt.Length > 0 ? prompt : Generator.Encode(string.Empty);
    }

    /// <summary>Drops the oldest turns of a conversation that is too long: a user's and the answers to it, until the rest fits. Instructions at its beginning stay.</summary>
    /// <param name="turns">The conversation, a user's turn at its end.</param>
    /// <param name="newTokens">How many tokens of room the answer wants.</param>
    /// <returns>What is left; its last turn always is.</returns>
    /// <exception cref="Text.Templates.TemplateException">The template refuses the conversation.</exception>
    public IReadOnlyList<ChatTurn> Fit(IReadOnlyList<ChatTurn> turns, int newTokens)
    {
        ArgumentNullException.ThrowIfNull(turns);
        List<ChatTurn> kept = [.. turns];
        int first = kept.FindIndex(turn => turn.Role != ChatTurn.System);
        while (first >= 0 && Encode(kept).Length + (long)newTokens > Generator.Model.MaxLength + 1L)
        {
            int next = kept.FindIndex(Math.Min(first + 1, kept.Count), turn => turn.Role == ChatTurn.User);
            if (next < 0)
            {
                break;
            }

            kept.RemoveRange(first, next - first);
        }

        return kept;
    }

    /// <summary>Answers, and gives the text out as it comes.</summary>
    /// <param name="turns">The conversation.</param>
    /// <param name="options">How, usually <see cref="Options"/> with changes; null for <see cref="Options"/>.</param>
    /// <param name="cancellation">Ends the answer between two tokens. No exception: the last update still comes, with the reason <see cref="FinishReason.Cancelled"/>.</param>
    /// <returns>An update for each token, and a last one with the whole result.</returns>
    /// <exception cref="ArgumentException">The conversation is longer than the model reads.</exception>
    /// <exception cref="ConfigException">An option is out of range.</exception>
    /// <exception cref="Text.Templates.TemplateException">The template refuses the conversation.</exception>
    public IAsyncEnumerable<GenerationUpdate> StreamAsync(IReadOnlyList<ChatTurn> turns, GenerationOptions? options = null, CancellationToken cancellation = default) =>
        Generator.StreamAsync(new GenerationRequest(Encode(turns), options ?? Options), pool, gate, cancellation);

    /// <summary>Frees what waiting callers share. None may be waiting.</summary>
    public void Dispose() => gate.Dispose();

    private static int? SpecialId(Tokenizer tokenizer, string name) => tokenizer.TryGetTokenId(name, out int id) && tokenizer.IsSpecial(id) ? id : null;
}
