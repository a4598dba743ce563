using Heed.Models.Seq2Seq;
using Heed.Text.Tokenizers;
using Heed.Training.Configuration;
using Heed.Training.Data;
using Heed.Training.Data.Documents;

namespace Heed.Training.Summarizing;

/// <summary>Documents and summaries as tokens.</summary>
internal sealed class SummaryCorpus
{
    private SummaryCorpus(EncodedCorpus pairs, int documents, int cut, long longSummaries)
    {
        Pairs = pairs;
        Documents = documents;
        CutDocuments = cut;
        LongSummaries = longSummaries;
    }

    /// <summary>The examples.</summary>
    public EncodedCorpus Pairs { get; }

    /// <summary>How many documents there are.</summary>
    public int Documents { get; }

    /// <summary>How many documents lost their end.</summary>
    public int CutDocuments { get; }

    /// <summary>How many summaries were too long to learn from.</summary>
    public long LongSummaries { get; }

    /// <summary>Encodes documents.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="model">Reads them; its longest sequence is a limit too.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="data">The limits.</param>
    /// <param name="targets">The texts to learn from each document.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static SummaryCorpus Encode(IReadOnlyList<DocumentText> documents, Seq2SeqModel model, Tokenizer tokenizer, SummarizationDataSection data, Func<DocumentText, IEnumerable<string>> targets, CancellationToken cancellation)
    {
        int longest = Math.Min(data.MaxTokens, model.MaxLength - 1), longestSummary = Math.Min(data.MaxSummaryTokens, model.MaxLength - 1);
        int cut = 0;
        long longSummaries = 0;
        var pairs = new List<EncodedPair>();
        foreach ((int[] source, int[][] summaries) in OrderedParallel.Select(documents, document => (Ids(tokenizer, document.Text, model.EosId), targets(document).Select(text => Ids(tokenizer, text, model.EosId)).ToArray()), threads: 0, cancellation))
        {
            cut += source.Length > longest ? 1 : 0;
            longSummaries += summaries.Count(summary => summary.Length > longestSummary);
            pairs.AddRange(summaries.Where(summary => summary.Length <= longestSummary).Select(summary => new EncodedPair(source.Length > longest ? source[..longest] : source, summary)));
        }

        return pairs.Count > 0
            ? new SummaryCorpus(EncodedCorpus.From(pairs), documents.Count, cut, longSummaries)
            : throw new InvalidDataException($"no summary is left to learn from: all have more than {longestSummary} tokens; raise data.maxSummaryTokens");
    }

    // With what a published tokenizer puts in front, without the end, which batches add.
    private static int[] Ids(Tokenizer tokenizer, string text, int endId)
    {
        int[] ids = tokenizer.Encode(text, new EncodeOptions { AddSpecialTokens = true });
        return ids is [.., int last] && last == endId ? ids[..^1] : ids;
    }
}
