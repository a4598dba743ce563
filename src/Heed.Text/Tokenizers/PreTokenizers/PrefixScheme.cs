namespace Heed.Text.Tokenizers.PreTokenizers;

/// <summary>Where a mark for a space is put in front.</summary>
internal enum PrefixScheme
{
    /// <summary>Nowhere.</summary>
    Never,

    /// <summary>In front of the whole text.</summary>
    First,

    /// <summary>Also behind each special token.</summary>
    Always,
}
