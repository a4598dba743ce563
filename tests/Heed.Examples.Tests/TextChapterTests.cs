using System.Text.Json;
using Heed.Testing;

namespace Heed.Examples.Tests;

/// <summary>Chapter 2 of Build a Large Language Model (From Scratch), as an example works through it. The text is read from the shared folder.</summary>
public sealed class TextChapterTests
{
    [Fact]
    public void Words_and_ids_of_The_Verdict()
    {
        string text = SharedFolder.PathOrSkip("data/rasbt_llms_from_scratch/the-verdict.txt");
        using JsonDocument values = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.PathOrSkip("golden/llms_from_scratch/values.json")));
        string[] printed = Example.Output("13_words_and_ids.cs", text).Split('\n');

        JsonElement counts = Expected(values, "ch02.text"), regex = Expected(values, "ch02.regex"), tokenizer = Expected(values, "ch02.simple_tokenizer");
        Assert.Contains($"{counts.GetProperty("characters")} characters", printed);
        Assert.Contains($"{counts.GetProperty("regex_tokens")} words, the first: {string.Join('|', regex.GetProperty("first_30_of_verdict").EnumerateArray())}", printed);
        string last = string.Join(' ', tokenizer.GetProperty("last_vocab").EnumerateArray().Select(entry => $"{entry[0]}={entry[1]}"));
        Assert.Contains($"{counts.GetProperty("word_vocab")} different words, {counts.GetProperty("word_vocab_with_specials")} with the special ones; the last: {last}", printed);
        foreach (string version in new[] { "v1", "v2" })
        {
            Assert.Contains($"ids: {string.Join(' ', tokenizer.GetProperty(version + "_ids").EnumerateArray())}", printed);
            Assert.Contains($"and back: {tokenizer.GetProperty(version + "_decoded")}", printed);
        }
    }

    private static JsonElement Expected(JsonDocument values, string name) =>
        values.RootElement.GetProperty("entries").EnumerateArray().Single(entry => entry.GetProperty("id").GetString() == name).GetProperty("expected");
}
