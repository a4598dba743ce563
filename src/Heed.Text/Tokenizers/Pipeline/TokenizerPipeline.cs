using Heed.Text.Tokenizers.Decoders;
using Heed.Text.Tokenizers.Normalizers;
using Heed.Text.Tokenizers.PostProcessors;
using Heed.Text.Tokenizers.PreTokenizers;

namespace Heed.Text.Tokenizers.Pipeline;

/// <summary>The parts of a loaded tokenizer.</summary>
internal sealed record TokenizerPipeline
{
    private static readonly HashSet<int> NoIds = [];

    /// <summary>One of <see cref="TokenizerKind"/>.</summary>
    public required string Kind { get; init; }

    public required TokenTable Table { get; init; }

    public required TokenModel Model { get; init; }

    public required TokenDecoder Decoder { get; init; }

    public Normalizer? Normalizer { get; init; }

    /// <summary>Cuts the text into words; null where the model takes it whole.</summary>
    public PreTokenizer? PreTokenizer { get; init; }

    /// <summary>Whether the model sees the stand-ins of bytes.</summary>
    public bool IsByteLevel { get; init; }

    public IReadOnlyList<AddedToken> AddedTokens { get; init; } = [];

    /// <summary>The ids that stand for no text.</summary>
    public IReadOnlySet<int> SpecialIds { get; init; } = NoIds;

    public TokenTemplate Template { get; init; } = TokenTemplate.None;

    /// <summary>The tokens that play a part, by it: "bos_token" and so on, as the files around say.</summary>
    public IReadOnlyDictionary<string, string> Roles { get; init; } = new Dictionary<string, string>();

    /// <summary>Done to a whole text before anything else, or null.</summary>
    public Func<string, string>? Prepare { get; init; }

    /// <summary>A piece that is dropped where it is all that stands before the first added token, or null: the space put in front of a text.</summary>
    public int? DroppedBeforeToken { get; init; }

    /// <summary>Decodes ids with the special tokens among them, where that is more than writing their names; or null.</summary>
    public Func<int[], string>? DecodeWithSpecial { get; init; }

    /// <summary>The files it was read from, by name.</summary>
    public IReadOnlyList<(string Name, byte[] Content)> Files { get; init; } = [];
}
