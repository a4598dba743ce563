using Heed.Testing;
using Heed.Text.IO;
using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Tokenizers;

/// <summary>Real text: 29,000 captions in German.</summary>
public sealed class Multi30kTests
{
    [Theory]
    [InlineData(TokenizerKind.Bpe)]
    [InlineData(TokenizerKind.Unigram)]
    [InlineData(TokenizerKind.Words)]
    public void Captions_give_a_full_vocabulary_and_come_back_exactly(string kind)
    {
        string[] lines = [.. Lines("train.de.gz")];
        Tokenizer tokenizer = SmallCorpus.Train(new TokenizerOptions { Kind = kind, VocabSize = 6000 }, lines);
        Assert.Equal(6000, tokenizer.VocabSize);
        string[] unseen = [.. Lines("val.de.gz"), .. Lines("test_2016_flickr.fr.gz")];
        Assert.Equal(unseen, unseen.Select(line => tokenizer.Decode(tokenizer.Encode(line))));
        if (kind != TokenizerKind.Words)
        {
            // A useful vocabulary splits few words of its language: little more than one piece for each word.
            double pieces = Lines("val.de.gz").Sum(line => tokenizer.Encode(line).Length);
            double words = Lines("val.de.gz").Sum(line => line.Count(c => c is ' ' or '.' or ',') + 1);
            Assert.InRange(pieces / words, 1, 1.3);
        }
    }

    private static IEnumerable<string> Lines(string file) =>
        TextLineReader.ReadLines(Path.Combine(SharedFolder.PathOrSkip("data/multi30k"), file));
}
