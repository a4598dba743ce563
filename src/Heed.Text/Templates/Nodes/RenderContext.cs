using System.Text;
using Heed.Text.Templates.Values;

namespace Heed.Text.Templates.Nodes;

/// <summary>One filling in of a template: where it writes, where it is, and how much it has done.</summary>
internal sealed class RenderContext(string source, TemplateLimits limits)
{
    private int steps;
    private int macroDepth;

    public StringBuilder Output { get; private set; } = new();

    private int Line { get; set; } = 1;

    /// <summary>Notes where the work is, and ends it where it is too much.</summary>
    public void Visit(int line)
    {
        Line = line;
        if (++steps > limits.Steps)
        {
            throw Error($"the template does not end within {limits.Steps} steps");
        }
    }

    public TemplateException Error(string problem) => new(source, Line, problem);

    public void Write(string text)
    {
        CheckText(Output.Length + (long)text.Length);
        Output.Append(text);
    }

    /// <summary>What is written by some work, instead of to the output.</summary>
    public string Capture(Action write)
    {
        StringBuilder outside = Output;
        Output = new StringBuilder();
        try
        {
            write();
            return Output.ToString();
        }
        finally
        {
            Output = outside;
        }
    }

    /// <summary>Does a macro's work.</summary>
    public string CallMacro(Action write)
    {
        if (++macroDepth > limits.MacroDepth)
        {
            throw Error($"macros call each other more than {limits.MacroDepth} deep");
        }

        string text = Capture(write);
        macroDepth--;
        return text;
    }

    /// <summary>A text that may not be longer than the limit.</summary>
    public string Checked(string text)
    {
        CheckText(text.Length);
        return text;
    }

    public void CheckText(long length)
    {
        if (length > limits.OutputLength)
        {
            throw Error($"a text of {length} characters is made; {limits.OutputLength} are the most");
        }
    }

    public void CheckList(long length)
    {
        if (length > limits.ListLength)
        {
            throw Error($"a list of {length} entries is made; {limits.ListLength} are the most");
        }
    }

    /// <summary>The entries of a value that is gone through.</summary>
    public List<object?> Entries(object? value) => TemplateValue.Entries(value) ?? throw Error($"{TemplateValue.KindOf(value)} has no entries to go through");

    public object? Call(object? function, Arguments arguments) => function switch
    {
        FunctionValue known => known.Call(this, arguments),
        Undefined undefined => throw Error($"\"{undefined.Name}\" is not defined, so it cannot be called"),
        _ => throw Error($"{TemplateValue.KindOf(function)} cannot be called"),
    };
}
