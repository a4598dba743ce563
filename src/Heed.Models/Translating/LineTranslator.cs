using System.Collections.Immutable;
using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Tensors;
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
        foreach (int[] batch in LengthBatches.Group([.. full.Select(i => lines[i].Length)], search.Options.BatchTokens / search.Options.BeamSize))
        {
            int[] indices = [.. batch.Select(i => full[i])];
            TranslateBatch(lines, indices, translations);
            Report(indices.Length, indices.Sum(i => lines[i].Length), indices.Sum(i => translations[i].Candidates[0].Hypothesis.Tokens.Length));
        }

        return translations;
    }

    private void TranslateBatch(SourceLine[] lines, int[] indices, Translation[] translations)
    {
        cancellation.ThrowIfCancellationRequested();
        int[] ids = [.. indices.SelectMany(i => lines[i].Ids.Append(search.Tokens.EndId))];
        int[] lengths = [.. indices.Select(i => lines[i].Length)];
        using DecodingSession session = model.Begin(ids, Segments.FromLengths(lengths));
        var outputs = search.Run(session, [.. lengths.Select(search.Options.MaxLengthFor)], cancellation);
        for (int i = 0; i < indices.Length; i++)
        {
            SourceLine line = lines[indices[i]];
            ImmutableArray<TranslationCandidate> candidates = [.. outputs[i].Select(h => new TranslationCandidate(OneLine(h), h))];
            translations[indices[i]] = new Translation(line.Number, line.Text, candidates, line.Warning);
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
