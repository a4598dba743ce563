using System.Collections.Immutable;
using System.Text;
using Heed.Text.Tokenizers.Bpe;
using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.PostProcessors;
using Heed.Text.Tokenizers.PreTokenizers;
using Heed.Text.Tokenizers.SentencePiece;

namespace Heed.Text.Tokenizers.Files.Gguf;

/// <summary>Describes byte-pair tokenizers in the lists of GGUF files, and makes sure that what they describe is the same tokenizer.</summary>
internal static class GgufVocabularyMaker
{
    private const string Samples = "Hello world!  It's 12345 o'clock,\tisn't it?\n\n  Ünïcödé: naïve café, 東京 Привет 🙂 \u0301 HELLO'S don't 'LL x=y+z;   ";
    private const int MostSampledPieces = 20_000;

    /// <exception cref="ArgumentException">The tokenizer has no counterpart.</exception>
    public static GgufVocabulary Make(Tokenizer tokenizer, int size)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        TokenizerPipeline pipeline = (tokenizer as LoadedTokenizer)?.Pipeline ?? throw Unknown(tokenizer, "it was trained by Heed with a rule of its own for words");
        GgufVocabulary vocabulary = pipeline.Model is not BpeModel model ? throw Unknown(tokenizer, "only byte-pair tokenizers are written")
            : SentencePieceModel(pipeline) is { } file ? OfSentencePiece(file)
            : pipeline.IsByteLevel ? OfByteLevel(tokenizer, pipeline, model)
            : OfCharacters(pipeline, model);
        vocabulary = Filled(WithRoles(vocabulary, tokenizer, pipeline.Template), Math.Max(size, tokenizer.VocabSize));
        RequireSame(tokenizer, vocabulary);
        return vocabulary;
    }

    private static SentencePieceFile? SentencePieceModel(TokenizerPipeline pipeline)
    {
        (string name, byte[] content) = pipeline.Files.FirstOrDefault(file => file.Name.EndsWith(".model", StringComparison.Ordinal) || file.Name.EndsWith(".spm", StringComparison.Ordinal));
        return content is null || TiktokenFile.IsOne(content) ? null : SentencePieceFile.Parse(name, content);
    }

    private static GgufVocabulary OfSentencePiece(SentencePieceFile file) => new()
    {
        Model = "llama",
        PreTokenizer = "default",
        Tokens = [.. file.Pieces.Select(piece => piece.Text)],
        Scores = [.. file.Pieces.Select(piece => piece.Score)],
        TokenTypes = [.. file.Pieces.Select(piece => (int)piece.Type)],
        UnknownId = file.UnknownId,
        AddsSpacePrefix = file.AddsDummyPrefix,
    };

    private static GgufVocabulary OfByteLevel(Tokenizer tokenizer, TokenizerPipeline pipeline, BpeModel model)
    {
        string? name = pipeline.PreTokenizer is PatternPreTokenizer { Pattern: var pattern } ? GgufPattern.NameOf(pattern, model.HasWholeWords) : null;
        MergeTable merges = model.Merges;
        string[] lines = new string[merges.Merges.Length];
        int[] order = [.. Enumerable.Range(0, lines.Length).OrderBy(merges.RankOf).ThenBy(place => place)];
        for (int i = 0; i < order.Length; i++)
        {
            Merge merge = merges.Merges[order[i]];
            lines[i] = $"{pipeline.Table.NameOf(merge.Left)} {pipeline.Table.NameOf(merge.Right)}";
        }

        return new GgufVocabulary
        {
            Model = "gpt2",
            PreTokenizer = name ?? throw Unknown(tokenizer, "llama.cpp has no name for the way it cuts text into words"),
            Tokens = Names(pipeline),
            TokenTypes = Types(pipeline, isByteLevel: true),
            Merges = [.. lines],
        };
    }

    // LLaMA's tokenizer.json lists merges where its SentencePiece model has scores: what is merged first scores highest.
    private static GgufVocabulary OfCharacters(TokenizerPipeline pipeline, BpeModel model)
    {
        var scores = new float[pipeline.Table.Count];
        MergeTable merges = model.Merges;
        var seen = new HashSet<int>();
        for (int place = 0; place < merges.Merges.Length; place++)
        {
            int result = merges.Merges[place].Result;
            if (seen.Add(result))
            {
                scores[result] = -1 - merges.RankOf(place);
            }
        }

        return new GgufVocabulary
        {
            Model = "llama",
            PreTokenizer = "default",
            Tokens = Names(pipeline),
            Scores = [.. scores],
            TokenTypes = Types(pipeline, isByteLevel: false),
            UnknownId = pipeline.Table.UnknownId >= 0 ? pipeline.Table.UnknownId : null,
            AddsSpacePrefix = Prepared(pipeline).StartsWith(Vocabulary.SpaceMark),
        };
    }

    private static string Prepared(TokenizerPipeline pipeline)
    {
        string text = pipeline.Normalizer?.Normalize("a") ?? "a";
        var parts = new List<TextPart>();
        pipeline.PreTokenizer?.Split(new TextPart(text), startsText: true, parts);
        return parts.Count > 0 ? parts[0].ToString() : text;
    }

    private static ImmutableArray<string> Names(TokenizerPipeline pipeline) => [.. Enumerable.Range(0, pipeline.Table.Count).Select(id => pipeline.Table.NameOf(id) ?? Filler(id))];

    private static ImmutableArray<int> Types(TokenizerPipeline pipeline, bool isByteLevel)
    {
        HashSet<int> added = [.. pipeline.AddedTokens.Select(token => token.Id)];
        return [.. Enumerable.Range(0, pipeline.Table.Count).Select(id => (int)TypeOf(id))];

        PieceType TypeOf(int id) => pipeline.Table.NameOf(id) is not { } name ? PieceType.Unused
            : !isByteLevel && id == pipeline.Table.UnknownId ? PieceType.Unknown
            : pipeline.SpecialIds.Contains(id) ? PieceType.Control
            : added.Contains(id) ? PieceType.UserDefined
            : !isByteLevel && ByteToken.ValueOf(name) is not null ? PieceType.Byte
            : PieceType.Normal;
    }

    private static GgufVocabulary WithRoles(GgufVocabulary vocabulary, Tokenizer tokenizer, TokenTemplate template)
    {
        int? bos = template.Single is [{ IsFixed: true } first, ..] && first.IdsOf([], []) is [int begin] ? begin : null;
        int? eos = template.Single is [.., { IsFixed: true } last] && last.IdsOf([], []) is [int end] ? end : null;
        return vocabulary with
        {
            BosId = bos ?? Known(tokenizer.Special.BosId),
            EosId = eos ?? Known(tokenizer.Special.EosId),
            UnknownId = vocabulary.UnknownId ?? Known(tokenizer.Special.UnknownId),
            PaddingId = Known(tokenizer.Special.PadId),
            AddsBos = bos is not null,
            AddsEos = eos is not null,
        };

        static int? Known(int id) => id == SpecialTokens.None ? null : id;
    }

    private static GgufVocabulary Filled(GgufVocabulary vocabulary, int size)
    {
        int[] missing = [.. Enumerable.Range(vocabulary.Tokens.Length, Math.Max(0, size - vocabulary.Tokens.Length))];
        return vocabulary with
        {
            Tokens = [.. vocabulary.Tokens, .. missing.Select(Filler)],
            Scores = vocabulary.Scores.IsEmpty ? [] : [.. vocabulary.Scores, .. missing.Select(_ => 0f)],
            TokenTypes = [.. vocabulary.TokenTypes, .. missing.Select(_ => (int)PieceType.Unused)],
        };
    }

    private static string Filler(int id) => $"[PAD{id}]";

    private static void RequireSame(Tokenizer tokenizer, GgufVocabulary vocabulary)
    {
        Tokenizer again;
        try
        {
            again = vocabulary.CreateTokenizer("the new file");
        }
        catch (InvalidDataException error)
        {
            throw Unknown(tokenizer, error.Message, error);
        }

        var options = new EncodeOptions { AddSpecialTokens = true };
        foreach (string text in (string[])[Samples, AllPieces(tokenizer)])
        {
            if (!tokenizer.Encode(text, options).AsSpan().SequenceEqual(again.Encode(text, options)))
            {
                throw Unknown(tokenizer, "the same text would become other ids");
            }
        }
    }

    private static string AllPieces(Tokenizer tokenizer)
    {
        var text = new StringBuilder();
        for (int id = 0; id < Math.Min(tokenizer.VocabSize, MostSampledPieces); id++)
        {
            text.Append(tokenizer.Decode([id])).Append(' ');
        }

        return text.ToString();
    }

    private static ArgumentException Unknown(Tokenizer tokenizer, string because, Exception? inner = null) =>
        new($"this tokenizer ({tokenizer.Kind}) has no counterpart in GGUF files: {because}", inner);
}
