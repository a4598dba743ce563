using System.Globalization;
using System.Text;

namespace Heed.Text.Templates.Values;

/// <summary>Writes values as text: as Python's <c>str</c> and <c>repr</c> do, and as JSON.</summary>
internal static class TemplateText
{
    /// <summary>As <c>{{ value }}</c> shows it: texts as they are, everything else as in a program.</summary>
    public static string Of(object? value) => value switch
    {
        string text => text,
        Undefined => string.Empty,
        _ => Write(value, new PythonStyle()),
    };

    /// <summary>As Python's <c>json.dumps</c> with <c>ensure_ascii=False</c>.</summary>
    /// <param name="value">The value.</param>
    /// <param name="indent">Spaces for each level, or null for one line.</param>
    /// <param name="sortKeys">Whether keys are ordered.</param>
    public static string Json(object? value, int? indent, bool sortKeys) => Write(value, new JsonStyle(indent, sortKeys));

    private static string Write(object? value, Style style)
    {
        var output = new StringBuilder();
        style.Write(value, output, 0);
        return output.ToString();
    }

    private abstract class Style
    {
        protected abstract (string None, string True, string False) Words { get; }

        protected abstract string ItemSeparator(int depth);

        protected abstract string Start(int depth);

        protected abstract string End(int depth);

        protected abstract void WriteText(string text, StringBuilder output);

        protected abstract IEnumerable<KeyValuePair<string, object?>> Pairs(OrderedDictionary<string, object?> map);

        public void Write(object? value, StringBuilder output, int depth)
        {
            switch (value)
            {
                case null:
                    output.Append(Words.None);
                    break;
                case bool flag:
                    output.Append(flag ? Words.True : Words.False);
                    break;
                case long number:
                    output.Append(number.ToString(CultureInfo.InvariantCulture));
                    break;
                case double number:
                    output.Append(TemplateValue.NumberText(number));
                    break;
                case string text:
                    WriteText(text, output);
                    break;
                case List<object?> list:
                    WriteAll('[', list, entry => Write(entry, output, depth + 1), ']', output, depth);
                    break;
                case OrderedDictionary<string, object?> map:
                    WriteAll('{', Pairs(map), pair => WritePair(pair, output, depth + 1), '}', output, depth);
                    break;
                default:
                    WriteText($"<{TemplateValue.KindOf(value)}>", output);
                    break;
            }
        }

        private void WritePair(KeyValuePair<string, object?> pair, StringBuilder output, int depth)
        {
            WriteText(pair.Key, output);
            output.Append(": ");
            Write(pair.Value, output, depth);
        }

        private void WriteAll<T>(char open, IEnumerable<T> entries, Action<T> write, char close, StringBuilder output, int depth)
        {
            output.Append(open);
            bool isFirst = true;
            foreach (T entry in entries)
            {
                output.Append(isFirst ? Start(depth) : ItemSeparator(depth));
                write(entry);
                isFirst = false;
            }

            output.Append(isFirst ? string.Empty : End(depth)).Append(close);
        }
    }

    private sealed class PythonStyle : Style
    {
        protected override (string None, string True, string False) Words => ("None", "True", "False");

        protected override string ItemSeparator(int depth) => ", ";

        protected override string Start(int depth) => string.Empty;

        protected override string End(int depth) => string.Empty;

        protected override IEnumerable<KeyValuePair<string, object?>> Pairs(OrderedDictionary<string, object?> map) => map;

        protected override void WriteText(string text, StringBuilder output)
        {
            char quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
            output.Append(quote);
            foreach (char c in text)
            {
                _ = c switch
                {
                    '\n' => output.Append("\\n"),
                    '\r' => output.Append("\\r"),
                    '\t' => output.Append("\\t"),
                    '\\' => output.Append("\\\\"),
                    _ when c == quote => output.Append('\\').Append(c),
                    < ' ' or '\x7f' => output.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                    _ => output.Append(c),
                };
            }

            output.Append(quote);
        }
    }

    private sealed class JsonStyle(int? indent, bool sortKeys) : Style
    {
        protected override (string None, string True, string False) Words => ("null", "true", "false");

        protected override string ItemSeparator(int depth) => indent is null ? ", " : "," + Line(depth + 1);

        protected override string Start(int depth) => indent is null ? string.Empty : Line(depth + 1);

        protected override string End(int depth) => indent is null ? string.Empty : Line(depth);

        protected override IEnumerable<KeyValuePair<string, object?>> Pairs(OrderedDictionary<string, object?> map) =>
            sortKeys ? map.OrderBy(pair => pair.Key, StringComparer.Ordinal) : map;

        protected override void WriteText(string text, StringBuilder output)
        {
            output.Append('"');
            foreach (char c in text)
            {
                _ = c switch
                {
                    '"' => output.Append("\\\""),
                    '\\' => output.Append("\\\\"),
                    '\n' => output.Append("\\n"),
                    '\r' => output.Append("\\r"),
                    '\t' => output.Append("\\t"),
                    '\b' => output.Append("\\b"),
                    '\f' => output.Append("\\f"),
                    < ' ' => output.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                    _ => output.Append(c),
                };
            }

            output.Append('"');
        }

        private string Line(int depth) => "\n" + new string(' ', Math.Min(depth * indent!.Value, 1024));
    }
}
