using Heed.Text.Templates.Library;
using Heed.Text.Templates.Nodes;
using Heed.Text.Templates.Syntax;
using Heed.Text.Templates.Values;

namespace Heed.Text.Templates;

/// <summary>A text with holes in the Jinja language, as checkpoints carry one to say how a conversation is written down. Never changes; safe for threads.</summary>
/// <remarks>
/// <para>The language of Jinja 3.1 (<see href="https://jinja.palletsprojects.com/en/stable/templates/"/>) as far as chat templates use it, set up as
/// Hugging Face's library does: a line with nothing but a tag leaves no trace (<c>trim_blocks</c>, <c>lstrip_blocks</c>), nothing is escaped,
/// loops have <c>break</c> and <c>continue</c>. Other templates cannot be reached: <c>include</c>, <c>import</c> and <c>extends</c> are unknown.</para>
/// <para>Work, memory and depth are bounded by <see cref="TemplateLimits"/>. Nothing but the values given is visible to a template.</para>
/// </remarks>
public sealed class Template
{
    private readonly string source;
    private readonly TemplateLimits limits;
    private readonly Block body;

    private Template(string source, TemplateLimits limits, Block body)
    {
        this.source = source;
        this.limits = limits;
        this.body = body;
    }

    /// <summary>Reads a template.</summary>
    /// <param name="text">The template.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="limits">How much work it may make; null for the usual.</param>
    /// <exception cref="TemplateException">It is malformed; the message names the line.</exception>
    public static Template Parse(string text, string source = "template", TemplateLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(source);
        limits ??= new TemplateLimits();
        if (text.Length > limits.TemplateLength)
        {
            throw new TemplateException(source, 1, $"the template has {text.Length} characters; {limits.TemplateLength} are read at most");
        }

        return new Template(source, limits, new StatementParser(source, TemplateScanner.Scan(source, text)).ParseTemplate());
    }

    /// <summary>Fills the template in.</summary>
    /// <param name="values">
    /// What it can see, by name: null, texts, truth values, numbers, lists (any enumeration), maps (dictionaries with texts as keys), and
    /// JSON elements of these.
    /// </param>
    /// <param name="now">The moment that <c>strftime_now</c> tells; null leaves that function undefined.</param>
    /// <exception cref="TemplateException">The template asks for what is not there, raises an error, or exceeds a limit; the message names the line.</exception>
    /// <exception cref="ArgumentException">A value is of another kind.</exception>
    public string Render(IReadOnlyDictionary<string, object?> values, DateTimeOffset? now = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        var context = new RenderContext(source, limits);
        Scope scope = Globals.CreateScope(context, now).Inner();
        foreach ((string name, object? value) in values)
        {
            scope.Set(name, TemplateInput.Convert(value, name));
        }

        body.Render(scope);
        return context.Output.ToString();
    }
}
