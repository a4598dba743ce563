namespace Heed.Nn.Recurrent;

/// <summary>What a recurrent decoder looks at besides its own state.</summary>
public enum RecurrentAttentionKind
{
    /// <summary>Nothing: all it knows of the source is the state that it begins with.</summary>
    None,

    /// <summary>Additive attention before each step: <see cref="BahdanauDecoder"/>.</summary>
    Bahdanau,

    /// <summary>Multiplicative attention after each step, without parameters: <see cref="LuongDecoder"/>.</summary>
    LuongDot,

    /// <summary>Multiplicative attention after each step, with a matrix: <see cref="LuongDecoder"/>.</summary>
    LuongGeneral,
}
