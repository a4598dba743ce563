using System.Text.Json;
using Heed.Text.Tokenizers.Files;

namespace Heed.Text.Tokenizers.Bpe;

/// <summary>Byte-pair encoding: a word starts as its characters, and learnt pairs are joined in the order they were learnt.</summary>
/// <remarks>
/// Sennrich et al. 2016, "Neural machine translation of rare words with subword units", section 3.2. Unlike there, the
/// space is part of the word that follows it, and unknown characters are written as UTF-8 bytes, which never merge.
/// </remarks>
public sealed class BpeTokenizer : SubwordTokenizer
{
    internal BpeTokenizer(Vocabulary vocabulary, MergeTable merges, bool lowercase)
        : base(vocabulary, new BpeModel(vocabulary, merges), lowercase) => Merges = merges;

    /// <inheritdoc/>
    public override string Kind => TokenizerKind.Bpe;

    internal MergeTable Merges { get; }

    internal override void WriteModel(Utf8JsonWriter json) => BpeFormat.Write(json, Vocabulary, Merges);
}
