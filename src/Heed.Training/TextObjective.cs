using Heed.Models;

namespace Heed.Training;

/// <summary>The loss of tokens that a model is to name at places of a text.</summary>
public abstract class TextObjective : Objective<TextBatch>
{
    private protected TextObjective()
    {
    }

    /// <inheritdoc/>
    public sealed override int LabelCount(TextBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.LabelCount;
    }

    /// <inheritdoc/>
    public sealed override int TokenCount(TextBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.TokenCount;
    }
}
