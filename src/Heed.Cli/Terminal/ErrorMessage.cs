using Heed.Models.Configuration;
using Heed.Models.Formats;
using Heed.Tensors;
using Heed.Text.Templates;

namespace Heed.Cli.Terminal;

/// <summary>Says what went wrong in one sentence, and whose doing it was.</summary>
internal static class ErrorMessage
{
    public static string Of(Exception exception) => exception switch
    {
        FileNotFoundException { FileName: { } name } => $"there is no file {name}",
        AggregateException { InnerException: { } inner } => Of(inner),
        ArgumentException { ParamName: { } parameter } => FirstLine(exception.Message).Replace($" (Parameter '{parameter}')", string.Empty, StringComparison.Ordinal),
        _ => exception.Message.ReplaceLineEndings(" "),
    };

    /// <summary>Whether the input is wrong, rather than the machine out of something.</summary>
    public static bool IsBadInput(Exception exception) => exception switch
    {
        AggregateException { InnerException: { } inner } => IsBadInput(inner),
        ConfigException or ModelFileException or ShapeException or ArgumentException or InvalidDataException or FormatException => true,
        FileNotFoundException or DirectoryNotFoundException or UsageException or TemplateException => true,
        _ => false,
    };

    // .NET adds a second line, "Actual value was ...".
    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd('\r');
}
