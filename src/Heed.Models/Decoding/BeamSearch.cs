using System.Runtime.InteropServices;
using Heed.Tensors;

namespace Heed.Models.Decoding;

/// <summary>Follows the most likely prefixes of every sentence side by side, and returns the outputs with the best scores.</summary>
/// <remarks>
/// <para>At each step every live hypothesis is continued with every token, and the continuations are ordered by
/// log-probability; among equals the one of the better hypothesis is first, then the one of the lower token. A continuation
/// that ends counts where it is among the first <see cref="DecodingOptions.BeamSize"/>; the first so many that do not end
/// live on. Outputs are ranked by <see cref="DecodingOptions.Score"/>, those cut at the length cap by the score that they
/// have there. This is the search of Hugging Face's <c>generate</c> (transformers 4.44), in double precision; a beam of one
/// is greedy search there and here.</para>
/// <para>A sentence leaves the batch at once when <see cref="DecodingOptions.EarlyStopping"/> says so.</para>
/// </remarks>
public sealed class BeamSearch : SequenceSearch
{
    /// <summary>Creates the search.</summary>
    /// <param name="tokens">The tokens that begin and end outputs, and those that no output holds.</param>
    /// <param name="options">The settings.</param>
    public BeamSearch(GenerationTokens tokens, DecodingOptions options)
        : base(tokens, options)
    {
    }

    /// <summary>What changes the scores of each sentence, in the order of the session; null where nothing does.</summary>
    internal IReadOnlyList<ScoreAdjustment>? Adjustments { get; init; }

    private protected override IReadOnlyList<IReadOnlyList<Hypothesis>> Search(DecodingSession session, int[] maxLengths, CancellationToken cancellation)
    {
        var tree = new HypothesisTree();
        var next = new NextTokens(Tokens, Options.BeamSize + 1 + Tokens.OtherEndIds.Length);
        ScoreAdjustment? common = CommonAdjustment();
        SentenceBeam[] beams = [.. maxLengths.Select((maxLength, sentence) => new SentenceBeam(maxLength, tree, Tokens, Options, Adjustments?[sentence] ?? common))];
        List<SentenceBeam> live = [.. beams];
        var parents = new List<int>(Enumerable.Range(0, beams.Length));
        var tokens = new List<int>(parents.Select(sentence => session.FirstToken(sentence) ?? Tokens.StartId));
        while (live.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            Tensor logits = session.Step(CollectionsMarshal.AsSpan(parents), CollectionsMarshal.AsSpan(tokens));
            parents.Clear();
            tokens.Clear();
            int row = 0;
            foreach (SentenceBeam beam in live)
            {
                int rows = beam.Live.Length;
                beam.Advance(logits.Values.Slice(row * session.VocabSize, rows * session.VocabSize), next);
                foreach (LiveHypothesis hypothesis in beam.Live)
                {
                    parents.Add(row + hypothesis.Parent);
                    tokens.Add(hypothesis.Token);
                }

                row += rows;
            }

            live.RemoveAll(beam => beam.Live.IsEmpty);
        }

        return [.. beams.Select(beam => beam.Results())];
    }
}
