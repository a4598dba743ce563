using Heed.Text.Templates.Nodes;
using Heed.Text.Templates.Values;

namespace Heed.Text.Templates.Library;

/// <summary>Makes a value of another: <c>value|filter</c>.</summary>
internal delegate object? Filter(RenderContext context, object? value, Arguments arguments);

/// <summary>Asks something of a value: <c>value is test</c>.</summary>
internal delegate bool Test(RenderContext context, object? value, Arguments arguments);
