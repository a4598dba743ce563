namespace Heed.Training.Data.Texts;

/// <summary>What a document is in a file of plain text.</summary>
public enum DocumentUnit
{
    /// <summary>The whole file.</summary>
    File,

    /// <summary>Lines up to an empty one.</summary>
    Paragraph,

    /// <summary>Each line that is not empty.</summary>
    Line,
}
