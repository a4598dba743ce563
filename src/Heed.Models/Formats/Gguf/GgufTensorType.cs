namespace Heed.Models.Formats.Gguf;

/// <summary>How a tensor of a GGUF file stores its elements. The numbers are ggml's.</summary>
public enum GgufTensorType
{
    /// <summary>IEEE 754 single.</summary>
    F32 = 0,

    /// <summary>IEEE 754 half.</summary>
    F16 = 1,

    /// <summary>4 bits, blocks of 32 with a scale (<c>Q4_0</c>).</summary>
    Q4Zero = 2,

    /// <summary>4 bits, blocks of 32 with a scale and a minimum (<c>Q4_1</c>).</summary>
    Q4One = 3,

    /// <summary>5 bits, blocks of 32 with a scale (<c>Q5_0</c>).</summary>
    Q5Zero = 6,

    /// <summary>5 bits, blocks of 32 with a scale and a minimum (<c>Q5_1</c>).</summary>
    Q5One = 7,

    /// <summary>8 bits, blocks of 32 with a scale (<c>Q8_0</c>).</summary>
    Q8Zero = 8,

    /// <summary>2 bits, blocks of 256 (<c>Q2_K</c>); listed, not read.</summary>
    Q2K = 10,

    /// <summary>3 bits, blocks of 256 (<c>Q3_K</c>); listed, not read.</summary>
    Q3K = 11,

    /// <summary>4 bits, blocks of 256 with 8 scales and minima (<c>Q4_K</c>).</summary>
    Q4K = 12,

    /// <summary>5 bits, blocks of 256 with 8 scales and minima (<c>Q5_K</c>).</summary>
    Q5K = 13,

    /// <summary>6 bits, blocks of 256 with 16 scales (<c>Q6_K</c>).</summary>
    Q6K = 14,

    /// <summary>Signed 8-bit integer; listed, not read.</summary>
    I8 = 24,

    /// <summary>Signed 16-bit integer; listed, not read.</summary>
    I16 = 25,

    /// <summary>Signed 32-bit integer; listed, not read.</summary>
    I32 = 26,

    /// <summary>Signed 64-bit integer; listed, not read.</summary>
    I64 = 27,

    /// <summary>IEEE 754 double.</summary>
    F64 = 28,

    /// <summary>The upper half of a 32-bit float.</summary>
    BF16 = 30,
}
