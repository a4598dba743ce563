using System.Runtime.InteropServices;
using Heed.Tensors;

namespace Heed.Models.Decoding;

/// <summary>Writes the most likely token at every step, and the one of lower id where two are equally likely.</summary>
public sealed class GreedySearch : SequenceSearch
{
    /// <summary>Creates the search.</summary>
    /// <param name="tokens">The tokens that begin and end outputs, and those that no output holds.</param>
    /// <param name="options">The settings; the beam size is not looked at.</param>
    public GreedySearch(GenerationTokens tokens, DecodingOptions options)
        : base(tokens, options)
    {
    }

    private protected override IReadOnlyList<IReadOnlyList<Hypothesis>> Search(DecodingSession session, int[] maxLengths, CancellationToken cancellation)
    {
        var next = new NextTokens(Tokens, 1);
        ScoreAdjustment? adjust = CommonAdjustment();
        var outputs = new Output[maxLengths.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = new Output(maxLengths[i]);
        }

        int[] parents = [.. Enumerable.Range(0, outputs.Length)];
        int[] tokens = [.. parents.Select(sentence => session.FirstToken(sentence) ?? Tokens.StartId)];
        Output[] live = outputs;
        while (live.Length > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            Tensor logits = session.Step(parents, tokens);
            for (int row = 0; row < live.Length; row++)
            {
                next.Read(logits.Values.Slice(row * session.VocabSize, session.VocabSize), live[row].Tokens.Count, live[row].MaxLength, Options.MinLength, adjust, CollectionsMarshal.AsSpan(live[row].Tokens));
                live[row].Append(next, Tokens);
            }

            parents = [.. Enumerable.Range(0, live.Length).Where(row => !live[row].IsDone)];
            live = [.. live.Where(output => !output.IsDone)];
            tokens = [.. live.Select(output => output.Tokens[^1])];
        }

        return [.. outputs.Select(output => (IReadOnlyList<Hypothesis>)[output.ToHypothesis(Options, Tokens)])];
    }

    private sealed class Output(int maxLength)
    {
        private readonly List<double> logProbabilities = [];
        private double logProbability;

        public List<int> Tokens { get; } = [];

        public int MaxLength => maxLength;

        public bool IsDone { get; private set; }

        public void Append(NextTokens next, GenerationTokens special)
        {
            if (next.Tokens.IsEmpty)
            {
                IsDone = true; // every token that is allowed has probability zero
                return;
            }

            Tokens.Add(next.Tokens[0]);
            logProbabilities.Add(next.LogProbabilities[0]);
            logProbability += next.LogProbabilities[0];
            IsDone = special.Ends(Tokens[^1]) || Tokens.Count == maxLength;
        }

        public Hypothesis ToHypothesis(DecodingOptions options, GenerationTokens special) => new(
            [.. Tokens],
            [.. logProbabilities],
            logProbability,
            options.Score(logProbability, Math.Max(1, Tokens.Count)),
            Tokens.Count > 0 && special.Ends(Tokens[^1]));
    }
}
