using System.Collections.Immutable;
using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Text.Tokenizers;

namespace Heed.Models.Translating;

/// <summary>Translates one stream of lines: window by window, each in batches of similar length, results in the order of the lines.</summary>
internal sealed class LineTranslator(Seq2SeqModel model, Tokenizer tokenizer, SequenceSearch search, IProgress<TranslationProgress>? progress, CancellationToken cancellation)
{
    private static readonly Hypothesis Nothing = new([], [], LogProbability: 0, Score: 0, IsFinished: false);

    private readonly LineEncoder encoder = new(tokenizer, model.MaxLength);
    private TranslationProgress done = new(0, 0, 0);

    public IEnumerable<Translation> Translate(IEnumerable<string> lines)
    {
        foreach (IReadOnlyList<string> window in Windows.Of(lines, search.Options.WindowLines, line => line.Length))
        {
            foreach (Translation translation in TranslateWindow(window, firstNumber: done.Lines + 1))
            {
                yield return translation;
            }
        }
    }

    private Translation[] TranslateWindow(IReadOnlyList<string> texts, long firstNumber)
    {
        SourceLine[] lines = [.. texts.Select((text, i) => encoder.Encode(firstNumber + i, text, "were not translated"))];
        var translations = new Translation[lines.Length];
        int[] full = [.. Enumerable.Range(0, lines.Length).Where(i => !lines[i].IsEmpty)];
        foreach (int i in Enumerable.Range(0, lines.Length).Except(full))
        {
            translations[i] = new Translation(lines[i].Number, lines[i].Text, [new TranslationCandidate(string.Empty, Nothing)], Warning: null);
        }

        Report(lines.Length - full.Length, 0, 0);
        int[][] sources = [.. full.Select(i => (int[])[.. lines[i].Ids, search.Tokens.EndId])];
        new BatchedSearch(model, search).Run(sources, Collect, cancellation);
        return translations;

        void Collect(IReadOnlyList<int> batch, IReadOnlyList<IReadOnlyList<Hypothesis>> outputs)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                SourceLine line = lines[full[batch[i]]];
                ImmutableArray<TranslationCandidate> candidates = [.. outputs[i].Select(h => new TranslationCandidate(OneLine(h), h))];
                translations[full[batch[i]]] = new Translation(line.Number, line.Text, candidates, line.Warning);
            }

            Report(batch.Count, batch.Sum(i => sources[i].Length), outputs.Sum(output => output[0].Tokens.Length));
        }
    }

    // A model that knows bytes can write a line break, which would shift every line after it.
    private string OneLine(Hypothesis hypothesis) => tokenizer.Decode(hypothesis.TextTokens).ReplaceLineEndings(" ");

    private void Report(int lines, int sourceTokens, int targetTokens)
    {
        done = new TranslationProgress(done.Lines + lines, done.SourceTokens + sourceTokens, done.TargetTokens + targetTokens);
        if (lines > 0)
        {
            progress?.Report(done);
        }
    }
}
