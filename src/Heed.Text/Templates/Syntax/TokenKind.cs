namespace Heed.Text.Templates.Syntax;

/// <summary>What a part of a template is.</summary>
internal enum TokenKind
{
    /// <summary>Text that is written as it stands.</summary>
    Data,

    /// <summary><c>{{</c></summary>
    OpenPrint,

    /// <summary><c>}}</c></summary>
    ClosePrint,

    /// <summary><c>{%</c></summary>
    OpenTag,

    /// <summary><c>%}</c></summary>
    CloseTag,

    /// <summary>A name or keyword.</summary>
    Name,

    /// <summary>A text in quotes, read.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with a point or an exponent.</summary>
    Float,

    /// <summary>A sign or a pair of signs.</summary>
    Operator,

    /// <summary>Behind everything.</summary>
    End,
}
