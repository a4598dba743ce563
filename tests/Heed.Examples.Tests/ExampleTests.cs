using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Heed.Examples.Tests;

public sealed partial class ExampleTests
{
    private const int LongestExample = 60;

    public static TheoryData<string> Files() => [.. Example.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public void It_is_short_compiles_without_a_warning_and_runs(string file)
    {
        Assert.InRange(File.ReadLines(Path.Combine(Example.Folder, file)).Count(), 1, LongestExample);
        Assert.NotEmpty(Example.Output(file));
    }

    [Fact]
    public void There_are_at_least_twelve_and_their_numbers_have_no_gap()
    {
        int[] numbers = [.. Example.Files.Select(file => int.Parse(file[..2], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(Enumerable.Range(1, Math.Max(12, numbers.Length)), numbers);
    }

    // Rows that the books and papers print; the numbers in docs/concepts are compared with the output in ConceptPageTests.
    [Theory]
    [InlineData("01_attention_without_weights.cs", "0.9544 1.4950 1.4754 0.8434 0.7070 1.0865", "0.1385 0.2379 0.2333 0.1240 0.1082 0.1581", "0.4419 0.6515 0.5683", "0.4177 0.6503 0.5645")]
    [InlineData("02_self_attention.cs", "0.4306 1.4551", "1.2705 1.8524 1.8111 1.0795 0.5577 1.5440", "0.1500 0.2264 0.2199 0.1311 0.0906 0.1820", "0.3061 0.8210", "-0.0739 0.0713", "0.1921 0.1646 0.1652 0.1550 0.1721 0.1510")]
    [InlineData("03_causal_attention.cs", "0.5517 0.4483 0.0000 0.0000 0.0000 0.0000", "0.2175 0.1983 0.1984 0.1888 0.1971 0.0000", "2 2 0 2 2 0")]
    [InlineData("04_multi_head_attention.cs", "-0.4519 0.2216 0.4772 0.1063", "0.3190 0.4858", "2360064")]
    [InlineData("07_grouped_query_attention.cs", "multi-head (LLaMA 7B): 4096 MB of cache", "8 groups (Llama 3 8B): 1024 MB of cache")]
    [InlineData("08_sliding_window.cs", "0.00 0.33 0.33 0.33 0.00 0.00 0.00 0.00", "rows in the cache after 8 tokens: 3; largest difference to the whole pass: 0.00000")]
    [InlineData("09_positions.cs", "0.1578 0.9875 0.0631 0.9980", "0.0175 -0.9998 -0.0367 0.9993", "1/2 1/4 1/8 1/16 1/32 1/64 1/128 1/256")]
    [InlineData("10_pytorch_random_numbers.cs", "0.2961 0.5166 0.2517", "2 0 8 1 3 7 4 9 5 6", "3 1 0 2 4", "0.3374 -0.1778 -0.1690", "0.2260 0.3470 0.0000 0.2216 0.0000 0.0000", "-0.1262 0.1080 -0.1792", "0.3113 0.3934 0.2952")]
    [InlineData("11_shortcuts_and_gradients.cs", "layer 0: mean |gradient| 0.000202", "layer 4: mean |gradient| 0.005050", "layer 0: mean |gradient| 0.221698", "layer 4: mean |gradient| 1.325854")]
    public void It_prints_the_numbers_of_its_source(string file, params string[] rows)
    {
        string output = Squeeze(Example.Output(file));
        Assert.All(rows, row => Assert.Contains(row, output, StringComparison.Ordinal));
    }

    [Fact]
    public void The_translator_learns()
    {
        Match right = RightSentences().Match(Example.Output("12_train_a_translator.cs"));
        Assert.InRange(int.Parse(right.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), 20, 24);
    }

    // The others differ from this one in nothing that the builder of file-based programs looks at.
    [Fact]
    public async Task The_first_one_runs_by_the_command_that_readers_type()
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { "run", "-c", "Release", "examples/01_attention_without_weights.cs" })
        {
            start.ArgumentList.Add(argument);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(10)); // a builder that hangs must not hang the tests
        using Process process = Process.Start(start)!;
        await using CancellationTokenRegistration ended = limit.Token.Register(() => process.Kill(entireProcessTree: true));
        Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
        string output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, $"dotnet run ended with {process.ExitCode}: {output}\n{await errors}");
        Assert.Equal(Example.Output("01_attention_without_weights.cs"), output.ReplaceLineEndings("\n"));
    }

    private static string Squeeze(string text) => Spaces().Replace(text, " ");

    [GeneratedRegex(@"[ ]+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(\d+) of 24 unseen sentences")]
    private static partial Regex RightSentences();
}
