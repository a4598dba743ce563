namespace Heed.Nn.Losses;

/// <summary>How the losses of many tokens become one number.</summary>
public enum LossReduction
{
    /// <summary>The mean over the tokens that count.</summary>
    Mean,

    /// <summary>The sum; for gradients that are added up over several batches before they are averaged.</summary>
    Sum,
}
