using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.PostProcessors;
using Heed.Text.Tokenizers.PreTokenizers;

namespace Heed.Text.Tokenizers.Files.HuggingFace;

/// <summary>Reads <c>tokenizer.json</c> as Hugging Face's tokenizers library writes it.</summary>
internal static class TokenizerJson
{
    private static readonly string[] Properties =
        ["version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder", "model"];

    public static LoadedTokenizer Read(JsonPlace root, TokenizerFolder folder, byte[] content)
    {
        root.RequireKnown(Properties);
        var reader = new ModelReader(root.Get("model"));
        PreTokenizer[] steps = root.Find("pre_tokenizer") is { } place ? [.. PreTokenizerReader.Read(place)] : [];
        bool isByteLevel = steps is [.., ByteLevelPreTokenizer];
        steps = isByteLevel ? steps[..^1] : steps;
        string?[] names = reader.ReadNames();
        AddedToken[] added = AddedTokensReader.Read(root.Find("added_tokens"), ref names);
        HashSet<int> special = [.. added.Where(token => token.IsSpecial).Select(token => token.Id)];
        TokenTable table = reader.ReadTable(names, special);
        return new LoadedTokenizer(new TokenizerPipeline
        {
            Kind = reader.Kind,
            Table = table,
            Model = reader.ReadModel(table),
            Decoder = new DecoderReader(table).Read(root.Find("decoder")),
            Normalizer = root.Find("normalizer") is { } normalizer ? NormalizerReader.Read(normalizer) : null,
            PreTokenizer = Combined(steps) ?? (isByteLevel ? null : MarkBoundary(reader, table)),
            IsByteLevel = isByteLevel,
            AddedTokens = added,
            SpecialIds = special,
            Template = root.Find("post_processor") is { } post ? new TemplateReader(table).Read(post) : TokenTemplate.None,
            Roles = folder.Config.Roles,
            Files = [(TokenizerFileWriter.FileName, content), .. folder.Config.Files],
        });
    }

    private static PreTokenizer? Combined(PreTokenizer[] steps) => steps.Length <= 1 ? steps.FirstOrDefault() : new SequencePreTokenizer(steps);

    /// <summary>A byte-pair model without a rule for words takes the whole text; see <see cref="MarkBoundaryPreTokenizer"/>.</summary>
    private static MarkBoundaryPreTokenizer? MarkBoundary(ModelReader reader, TokenTable table) =>
        reader.Kind == TokenizerKind.Bpe && reader.MayCutAtMarks(table) ? new MarkBoundaryPreTokenizer(Vocabulary.SpaceMark) : null;
}
