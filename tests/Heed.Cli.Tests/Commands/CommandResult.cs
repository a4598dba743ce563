namespace Heed.Cli.Tests.Commands;

/// <summary>What a command line left behind.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of standard output.</summary>
    public string[] Lines => Split(Output);

    /// <summary>The command did what it was asked.</summary>
    public CommandResult Succeeds()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}");
        return this;
    }

    /// <summary>The command failed with one sentence that holds all these parts.</summary>
    public void FailsWith(int exitCode, params string[] parts)
    {
        string sentence = Assert.Single(Split(Error), line => line.StartsWith("heed: ", StringComparison.Ordinal));
        Assert.EndsWith(sentence, Error.TrimEnd(), StringComparison.Ordinal); // nothing, a stack trace for example, follows
        Assert.DoesNotContain("System.", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, sentence, StringComparison.Ordinal));
        Assert.Equal(exitCode, ExitCode);
    }

    private static string[] Split(string text) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n');
}
