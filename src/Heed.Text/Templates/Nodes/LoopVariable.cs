using Heed.Text.Templates.Values;

namespace Heed.Text.Templates.Nodes;

/// <summary>The name <c>loop</c> within a loop.</summary>
internal sealed class LoopVariable(List<object?> entries)
{
    /// <summary>The place of the present entry, from 0.</summary>
    public int Index { get; set; }

    public object? Get(string name) => name switch
    {
        "index" => Index + 1L,
        "index0" => (long)Index,
        "revindex" => (long)(entries.Count - Index),
        "revindex0" => entries.Count - Index - 1L,
        "first" => Index == 0,
        "last" => Index == entries.Count - 1,
        "length" => (long)entries.Count,
        "depth" => 1L, // counts recursive loops, which are not supported
        "depth0" => 0L,
        "previtem" => Index > 0 ? entries[Index - 1] : new Undefined("loop.previtem"),
        "nextitem" => Index + 1 < entries.Count ? entries[Index + 1] : new Undefined("loop.nextitem"),
        "cycle" => new FunctionValue("loop.cycle", (context, arguments) => arguments.Positional.Count > 0 ? arguments.Positional[Index % arguments.Positional.Count] : throw context.Error("loop.cycle needs values")),
        _ => new Undefined("loop." + name),
    };
}
