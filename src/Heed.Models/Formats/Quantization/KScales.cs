namespace Heed.Models.Formats.Quantization;

/// <summary>The scales and minima of the 8 parts of a K-quantised block: 16 numbers of 6 bits in 12 bytes.</summary>
internal static class KScales
{
    public const int Bytes = 12;

    /// <summary>The scale and the minimum of a part, in units of the block's own.</summary>
    /// <remarks>Parts 0 to 3 have bytes of their own; the low bits of parts 4 to 7 share bytes 8 to 11, and their high bits top the others.</remarks>
    public static (int Scale, int Minimum) Of(ReadOnlySpan<byte> packed, int part) => part < 4
        ? (packed[part] & 63, packed[part + 4] & 63)
        : ((packed[part + 4] & 15) | ((packed[part - 4] >> 6) << 4), (packed[part + 4] >> 4) | ((packed[part] >> 6) << 4));
}
