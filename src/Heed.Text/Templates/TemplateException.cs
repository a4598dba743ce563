using Heed.Text.IO;

namespace Heed.Text.Templates;

/// <summary>A template is malformed, asks for what is not known, or raised an error itself. The message names the template and the line.</summary>
public sealed class TemplateException : Exception
{
    // It may quote the template, in which anything can stand.
    private const int MaxLength = 400;

    /// <summary>Names the mistake.</summary>
    /// <param name="source">What the template is called.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="problem">What is wrong.</param>
    public TemplateException(string source, int line, string problem)
        : base($"{source}: line {line}: {Excerpt.Of(problem, MaxLength)}") => Line = line;

    /// <summary>The line of the template, from 1.</summary>
    public int Line { get; }
}
