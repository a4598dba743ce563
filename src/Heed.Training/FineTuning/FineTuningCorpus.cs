using Heed.Training.Data;

namespace Heed.Training.FineTuning;

/// <summary>Examples of what a language model is to answer, as tokens in memory.</summary>
/// <typeparam name="TBatch">The kind of batch.</typeparam>
public abstract class FineTuningCorpus<TBatch> : ExampleCorpus<TBatch>
{
    private protected FineTuningCorpus(string description, long tokenCount, CorpusFingerprint fingerprint)
    {
        Description = description;
        TokenCount = tokenCount;
        Fingerprint = fingerprint.Value;
    }

    /// <summary>How many examples there are, and what was done to those that were too long.</summary>
    public string Description { get; }

    /// <summary>The number of tokens that the model reads in one pass.</summary>
    public long TokenCount { get; }

    /// <summary>A number that changes when the examples do.</summary>
    public ulong Fingerprint { get; }
}
