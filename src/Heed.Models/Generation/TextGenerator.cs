using System.Runtime.CompilerServices;
using Heed.Models.Causal;
using Heed.Models.Chat;
using Heed.Models.Configuration;
using Heed.Models.Pretrained;
using Heed.Text.Tokenizers;

namespace Heed.Models.Generation;

/// <summary>Continues text with a causal language model. May be used from many threads at once.</summary>
public sealed class TextGenerator
{
    private readonly int startId;
    private readonly TimeProvider clock;

    /// <summary>Puts a model and its tokenizer together.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="startId">What an empty prompt becomes: the token that begins texts.</param>
    /// <param name="options">How text is continued unless a call says otherwise, with the model's stop tokens; null for the defaults.</param>
    /// <param name="clock">Measures speed; null for the system's.</param>
    /// <exception cref="ConfigException">An option is out of range, or the tokenizer has more tokens than the model.</exception>
    public TextGenerator(CausalLanguageModel model, Tokenizer tokenizer, int startId, GenerationOptions? options = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokenizer);
        Options = options ?? new GenerationOptions();
        Options.Validate();
        Options.ValidateTokens(model.VocabSize);
        ConfigGuard.TokenId(startId, model.VocabSize);
        ConfigGuard.Tokens(tokenizer, model.VocabSize);
        Model = model;
        Tokenizer = tokenizer;
        this.startId = startId;
        this.clock = clock ?? TimeProvider.System;
    }

    /// <summary>The model.</summary>
    public CausalLanguageModel Model { get; }

    /// <summary>Its tokenizer.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>How text is continued unless a call says otherwise.</summary>
    public GenerationOptions Options { get; }

    /// <summary>What is known of a common beginning of the prompts, or null: see <see cref="CausalLanguageModel.ReadPrefix"/>. It saves time and changes no text.</summary>
    public PromptCache? Prefix { get; init; }

    /// <summary>Loads a model with the options of its <c>generation_config.json</c>.</summary>
    /// <param name="path">A folder with <c>config.json</c> and safetensors, a <c>.gguf</c> file, or a <c>.bin</c> file of llama2.c.</param>
    /// <param name="tokenizer">The tokenizer's file or folder; null takes the one in the model's file or beside it.</param>
    /// <param name="adapter">The folder of an adapter to add to the weights, or null.</param>
    /// <exception cref="ConfigException">The model does not continue text, or its tokenizer is not its own.</exception>
    /// <exception cref="InvalidDataException">A file is missing or malformed.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static TextGenerator Load(string path, string? tokenizer = null, string? adapter = null)
    {
        var loaded = PretrainedModel.Load(path, adapter);
        return loaded.Model switch
        {
            CausalLanguageModel model => new TextGenerator(model, tokenizer is null ? PretrainedTokenizer.OfModel(path, loaded) : PretrainedTokenizer.Load(tokenizer), loaded.StartId(), loaded.GenerationOptions()),
            DecoderClassifier => throw new ConfigException($"{path} holds a classifier, which does not continue text; use heed classify"),
            _ => throw new ConfigException($"{path} holds a model of the family {loaded.Architecture}, which does not continue text; GPT-2, LLaMA, Mistral and Qwen2 do"),
        };
    }

    /// <summary>The tokens of a prompt, with those that the tokenizer puts in front.</summary>
    /// <param name="prompt">Any text; special tokens typed in it are ordinary text.</param>
    public int[] Encode(string prompt)
    {
        int[] ids = Tokenizer.Encode(prompt, new EncodeOptions { AddSpecialTokens = true });
        return ids.Length == 0 ? [startId] : ids;
    }

    /// <summary>Continues a prompt.</summary>
    /// <param name="prompt">The text; may be empty.</param>
    /// <param name="options">How; null for <see cref="Options"/>.</param>
    /// <param name="cancellation">Ends the output between two tokens; what was written until then is returned.</param>
    /// <exception cref="ArgumentException">The prompt is longer than the model reads.</exception>
    /// <exception cref="ConfigException">An option is out of range.</exception>
    public GenerationResult Generate(string prompt, GenerationOptions? options = null, CancellationToken cancellation = default) =>
        Generate([prompt], options, cancellation)[0];

    /// <summary>Continues prompts of any lengths side by side. No prompt's output depends on the others.</summary>
    /// <param name="prompts">The texts.</param>
    /// <param name="options">How; null for <see cref="Options"/>.</param>
    /// <param name="cancellation">Ends the outputs between two tokens; what was written until then is returned.</param>
    /// <returns>A result for each prompt; with <see cref="GenerationOptions.NumReturnSequences"/> so many for each, one prompt's behind another's, the best first.</returns>
    /// <exception cref="ArgumentException">A prompt is longer than the model reads.</exception>
    /// <exception cref="ConfigException">An option is out of range.</exception>
    public IReadOnlyList<GenerationResult> Generate(IReadOnlyList<string> prompts, GenerationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        long began = clock.GetTimestamp();
        GenerationOptions chosen = options ?? Options;
        int streams = chosen.NumBeams > 1 ? 1 : chosen.NumReturnSequences;
        GenerationRequest[] requests = [.. prompts.Select(Encode).SelectMany(ids => Enumerable.Range(0, streams).Select(stream => new GenerationRequest(ids, chosen, stream)))];
        if (requests.Length == 0)
        {
            return [];
        }

        if (chosen.NumBeams > 1)
        {
            return SearchBeams(requests, began, cancellation);
        }

        using var run = new GenerationRun(Model, requests, Prefix);
        TextSequence[] texts = [.. run.Sequences.Zip(requests, (sequence, request) => new TextSequence(sequence, Tokenizer, request))];
        while (run.IsLive && !cancellation.IsCancellationRequested)
        {
            foreach ((int sequence, GeneratedToken token) in run.Step())
            {
                texts[sequence].Add(token);
            }
        }

        run.Cancel();
        Array.ForEach(texts, text => text.Finish());
        TimeSpan elapsed = clock.GetElapsedTime(began);
        return [.. texts.Select(text => text.Result(elapsed))];
    }

    private GenerationResult[] SearchBeams(GenerationRequest[] requests, long began, CancellationToken cancellation)
    {
        var found = BeamGeneration.Run(Model, requests, Prefix, cancellation);
        TimeSpan elapsed = clock.GetElapsedTime(began);
        return [.. found.Zip(requests).SelectMany(pair => pair.First.Select(each =>
            new GenerationResult(TextSequence.Of(Tokenizer, pair.Second, each.Output), each.Output, StopString: null, elapsed) { Score = each.Score }))];
    }

    /// <summary>Continues a prompt and gives the text out as it comes.</summary>
    /// <param name="prompt">The text; may be empty.</param>
    /// <param name="options">How; null for <see cref="Options"/>.</param>
    /// <param name="cancellation">Ends the output between two tokens. No exception: the last update still comes, with the reason <see cref="FinishReason.Cancelled"/>.</param>
    /// <returns>An update for each token, and a last one with the whole result. The texts of all updates joined are the result's. Beams give all in the last.</returns>
    /// <exception cref="ArgumentException">The prompt is longer than the model reads.</exception>
    /// <exception cref="ConfigException">An option is out of range.</exception>
    public IAsyncEnumerable<GenerationUpdate> StreamAsync(string prompt, GenerationOptions? options = null, CancellationToken cancellation = default) =>
        StreamAsync(new GenerationRequest(Encode(prompt), options ?? Options), memory: null, gate: null, cancellation);

    /// <summary>Continues a prompt in tokens.</summary>
    /// <param name="request">The prompt.</param>
    /// <param name="memory">Knows beginnings of prompts, and learns this one; or null.</param>
    /// <param name="gate">Lets one output compute at a time; or null.</param>
    /// <param name="cancellation">Ends the output between two tokens.</param>
    internal async IAsyncEnumerable<GenerationUpdate> StreamAsync(GenerationRequest request, PromptCachePool? memory, SemaphoreSlim? gate, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long began = clock.GetTimestamp();
        if (request.Options.NumBeams > 1)
        {
            GenerationResult best = await Compute(() => SearchBeams([request], began, cancellation)[0], gate).ConfigureAwait(false);
            yield return new GenerationUpdate(best.Text, Token: null, best);
            yield break;
        }

        using GenerationRun run = await Compute(() => new GenerationRun(Model, [request], memory?.Find(request.Prompt.Span) ?? Prefix), gate).ConfigureAwait(false);
        var text = new TextSequence(run.Sequences[0], Tokenizer, request);
        while (run.IsLive && !cancellation.IsCancellationRequested)
        {
            foreach ((_, GeneratedToken token) in await Compute(run.Step, gate).ConfigureAwait(false))
            {
                yield return new GenerationUpdate(text.Add(token), token, Result: null);
            }
        }

        run.Cancel();
        if (memory is not null && run.Snapshot() is { } known)
        {
            memory.Add(known);
        }

        string rest = text.Finish();
        yield return new GenerationUpdate(rest, Token: null, text.Result(clock.GetElapsedTime(began)));
    }

    private static async Task<T> Compute<T>(Func<T> work, SemaphoreSlim? gate)
    {
        if (gate is null)
        {
            return await Task.Run(work).ConfigureAwait(false);
        }

        await gate.WaitAsync().ConfigureAwait(false);
        try
        {
            return await Task.Run(work).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }
}
