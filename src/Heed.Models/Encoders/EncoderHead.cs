namespace Heed.Models.Encoders;

/// <summary>What an encoder's states are turned into.</summary>
public enum EncoderHead
{
    /// <summary>Nothing: states, or their pooled vectors, are what is wanted.</summary>
    None,

    /// <summary>Scores of every token at every position: masked language modelling.</summary>
    MaskedTokens,

    /// <summary>Scores of classes for each sequence.</summary>
    Classes,
}
