using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Heed.Text.Tokenizers.Bpe;
using Heed.Text.Tokenizers.Files;
using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.PreTokenizers;

namespace Heed.Text.Tokenizers.Training;

/// <summary>Learns merges of bytes within the words of GPT-2's splitting pattern, and makes the files of a tokenizer of them.</summary>
internal sealed class ByteLevelTrainer(ByteLevelOptions options)
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, long> counts = new(StringComparer.Ordinal);

    public LoadedTokenizer Train(IEnumerable<string> texts, IProgress<TokenizerProgress>? progress, CancellationToken cancellation)
    {
        var special = new AddedTokenMatcher(options.SpecialTokens.Select((name, id) => new AddedToken(id, name)), token => token.Content);
        foreach (string text in texts)
        {
            cancellation.ThrowIfCancellationRequested();
            special.Split(TextPreparation.ReplaceLoneSurrogates(text), CountWords, _ => { });
        }

        Rune[] alphabet = [.. Enumerable.Range(0, 256).Select(value => new Rune(ByteSymbols.Of((byte)value))).Order()];
        var words = counts.Select(entry => (Word: ByteSymbols.Of(entry.Key), Count: entry.Value)).OrderBy(entry => entry.Word, StringComparer.Ordinal);
        var learning = new TokenizerOptions
        {
            VocabSize = Vocabulary.FirstPieceId + options.VocabSize - options.SpecialTokens.Count,
            MaxPieceLength = int.MaxValue / 2,
            MinCount = options.MinCount,
        };
        return Make(alphabet, BpeTrainer.LearnBytes(learning, new TrainingWords([.. words], alphabet), progress, cancellation));
    }

    private void CountWords(string text)
    {
        var bySpan = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        var scanner = new PatternScanner(SplitPattern.Gpt2, text);
        while (scanner.MoveNext())
        {
            CollectionsMarshal.GetValueRefOrAddDefault(bySpan, text.AsSpan(scanner.Start..scanner.End), out _)++;
        }
    }

    private LoadedTokenizer Make(Rune[] alphabet, IReadOnlyList<(string Left, string Right)> merges)
    {
        string[] names = [.. options.SpecialTokens.Concat(alphabet.Select(rune => rune.ToString())).Concat(merges.Select(merge => merge.Left + merge.Right)).Distinct(StringComparer.Ordinal)];
        byte[] vocabulary = Json(json =>
        {
            for (int id = 0; id < names.Length; id++)
            {
                json.WriteNumber(names[id], id);
            }
        });
        byte[] lines = Encoding.UTF8.GetBytes("#version: 0.2\n" + string.Concat(merges.Select(merge => $"{merge.Left} {merge.Right}\n")));
        return Gpt2Files.Parse("vocab.json", vocabulary, Gpt2Files.MergesName, lines, TokenizerConfig.OfSpecialTokens(options.SpecialTokens), new TokenizerLoadOptions());
    }

    /// <summary>Writes a JSON object as the bytes of a file.</summary>
    public static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
