using Heed.Text.Tokenizers;
using Heed.Text.Tokenizers.Files;

namespace Heed.Text.Tests.Tokenizers;

/// <summary>The file a tokenizer would save, in memory.</summary>
internal static class SavedFile
{
    public static byte[] Bytes(Tokenizer tokenizer)
    {
        var stream = new MemoryStream();
        TokenizerFileWriter.Write(Assert.IsAssignableFrom<TrainedTokenizer>(tokenizer), stream);
        return stream.ToArray();
    }

    public static Tokenizer Parse(byte[] bytes) => TokenizerFileReader.Parse("tokenizer.json", bytes);
}
