namespace Heed.Models.Decoding;

/// <summary>When beam search leaves a sentence although hypotheses of it could still be extended.</summary>
/// <remarks>The three rules of Hugging Face's <c>early_stopping</c>: true, false and "never", in this order.</remarks>
public enum EarlyStopping
{
    /// <summary>As soon as as many hypotheses are finished as the beam is wide. The fastest; fairseq's rule.</summary>
    WhenFull,

    /// <summary>
    /// As soon as as many are finished as the beam is wide, and the best continuation, scored at its present length, is no
    /// better than the worst of them. A longer hypothesis might still have won, which is rare.
    /// </summary>
    WhenUnlikely,

    /// <summary>
    /// As soon as no continuation can beat the results kept, whatever it writes: the results are those of a search that
    /// always runs to the length cap.
    /// </summary>
    WhenImpossible,
}
