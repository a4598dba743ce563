namespace Heed.Text.Templates;

/// <summary>How much work a template may make. A template comes with a model and is not to be trusted.</summary>
public sealed record TemplateLimits
{
    /// <summary>Characters of the template.</summary>
    public int TemplateLength { get; init; } = 1 << 20;

    /// <summary>Parts of the template that are evaluated, each as often as it is.</summary>
    public int Steps { get; init; } = 10_000_000;

    /// <summary>Characters of the output, and of any text on the way.</summary>
    public int OutputLength { get; init; } = 1 << 26;

    /// <summary>Entries of any list on the way.</summary>
    public int ListLength { get; init; } = 1_000_000;

    /// <summary>Macros within macros.</summary>
    public int MacroDepth { get; init; } = 50;
}
