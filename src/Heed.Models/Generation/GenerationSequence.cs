using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Heed.Models.Decoding;
using Heed.Models.Generation.Processors;
using Heed.Tensors.Random;

namespace Heed.Models.Generation;

/// <summary>One output in the making: turns each row of logits into the next token, and notices when to stop.</summary>
/// <remarks>It knows nothing of the other outputs of its batch, so neither do its tokens.</remarks>
internal sealed class GenerationSequence
{
    private readonly GenerationOptions options;
    private readonly int promptLength;
    private readonly int maxNewTokens;
    private readonly List<int> all;
    private readonly List<GeneratedToken> output = [];
    private readonly LogitsPipeline pipeline;
    private readonly LoopGuard? guard;
    private readonly SeededRandom random;
    private readonly int[] top;
    private float[] row = [];
    private int forgotten; // tokens that the model does not see any more

    /// <param name="request">The prompt and its options; checked by the caller.</param>
    /// <param name="roomForTokens">How many tokens the model can add to the prompt, unless the output slides.</param>
    public GenerationSequence(GenerationRequest request, int roomForTokens)
    {
        options = request.Options;
        all = [.. request.Prompt.Span];
        promptLength = all.Count;
        maxNewTokens = options.Slide ? options.MaxNewTokens : Math.Min(options.MaxNewTokens, roomForTokens);
        pipeline = new LogitsPipeline(options);
        guard = options.LoopGuard is { } limits ? new LoopGuard(limits) : null;
        random = new SeededRandom(SeededRandom.Mix(SeededRandom.Mix(options.Seed) + (ulong)request.Stream));
        top = new int[Math.Max(1, options.TopLogProbabilities)];
    }

    /// <summary>Why the output ended; null while it goes on.</summary>
    public FinishReason? FinishReason { get; private set; }

    /// <summary>The newest token; at first the prompt's last.</summary>
    public int LastToken => all[^1];

    /// <summary>Prompt and output as the model sees them: all, or what is left after sliding.</summary>
    public ReadOnlySpan<int> Seen => CollectionsMarshal.AsSpan(all)[forgotten..];

    /// <summary>Forgets the older half if the model can read no more.</summary>
    /// <param name="maxLength">How many tokens it reads.</param>
    public void Slide(int maxLength)
    {
        if (Seen.Length > maxLength)
        {
            forgotten = all.Count - Math.Max(1, maxLength / 2);
        }
    }

    /// <summary>Adds the token that follows, unless every one is ruled out.</summary>
    /// <param name="logits">The model's row, [vocabSize].</param>
    /// <returns>The token; null if the output ended without one.</returns>
    public GeneratedToken? Advance(ReadOnlySpan<float> logits)
    {
        int likely = TopK.Select(logits, top);
        double logSum = LogSumExp.Compute(logits, likely == 0 ? float.NaN : logits[top[0]]);
        if ((Forced() ?? Choose(logits)) is not { } token)
        {
            FinishReason = Generation.FinishReason.NothingAllowed;
            return null;
        }

        var alternatives = ImmutableArray.CreateBuilder<TokenProbability>(options.TopLogProbabilities);
        for (int i = 0; i < Math.Min(likely, options.TopLogProbabilities); i++)
        {
            alternatives.Add(new TokenProbability(top[i], LogProbability(logits, top[i], logSum)));
        }

        var generated = new GeneratedToken(token, LogProbability(logits, token, logSum), alternatives.ToImmutable());
        all.Add(token);
        output.Add(generated);
        FinishReason = ReasonToStop(token);
        return generated;
    }

    /// <summary>Ends the output for a reason that lies outside.</summary>
    public void Finish(FinishReason reason) => FinishReason = reason;

    /// <summary>What was written.</summary>
    public GeneratedSequence Result() => new(
        promptLength,
        [.. output],
        FinishReason ?? Generation.FinishReason.Cancelled,
        FinishReason == Generation.FinishReason.Loop ? guard?.Period : null);

    /// <summary>Whether a token ends the output and stands for no text.</summary>
    public bool IsStop(int token) => options.StopTokens.Contains(token);

    private static double LogProbability(ReadOnlySpan<float> logits, int token, double logSum) =>
        Math.Min(0, logits[token] - logSum); // rounding may carry a certain token above 0

    private int? Forced() => output.Count < options.ForcedTokens.Length ? options.ForcedTokens[output.Count]
        : output.Count == maxNewTokens - 1 ? options.ForcedLastToken
        : null;

    private int? Choose(ReadOnlySpan<float> logits)
    {
        if (row.Length == 0)
        {
            row = new float[logits.Length];
        }

        logits.CopyTo(row);
        pipeline.Apply(row, new WrittenTokens(CollectionsMarshal.AsSpan(all), promptLength));
        return options.Draws ? TokenSampler.Draw(row, random) : TokenSampler.Likeliest(row);
    }

    private FinishReason? ReasonToStop(int token)
    {
        if (IsStop(token))
        {
            return Generation.FinishReason.StopToken;
        }

        FinishReason? circling = guard?.Add(token);
        return circling ?? (output.Count == maxNewTokens ? Generation.FinishReason.Length : null);
    }
}
