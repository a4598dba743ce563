using Heed.Models.Configuration;
using Heed.Models.Pretrained;
using Heed.Models.Seq2Seq;
using Heed.Nn.Transformer;
using Heed.Tensors;

namespace Heed.Models.Folders;

/// <summary><c>config.json</c> of a <see cref="TransformerModel"/>: Hugging Face's names, and <c>norm_placement</c> of our own.</summary>
/// <remarks>What this model cannot vary is written for readers of the file and must have the same value when it is read.</remarks>
internal sealed record TransformerConfigFile : IConfigFile<TransformerConfigFile, TransformerConfig>
{
    public static string Type => "heed_transformer";

    private static readonly (string Name, NormPlacement Value)[] NormPlacements = [("post", Nn.Transformer.NormPlacement.PostNorm), ("pre", Nn.Transformer.NormPlacement.PreNorm)];

    public required string ModelType { get; init; }

    public IReadOnlyList<string> Architectures { get; init; } = [nameof(TransformerModel)];

    public bool IsEncoderDecoder { get; init; } = true;

    public required int VocabSize { get; init; }

    public required int DModel { get; init; }

    public required int EncoderLayers { get; init; }

    public required int DecoderLayers { get; init; }

    public required int EncoderAttentionHeads { get; init; }

    public required int DecoderAttentionHeads { get; init; }

    public required int EncoderFfnDim { get; init; }

    public required int DecoderFfnDim { get; init; }

    public required string ActivationFunction { get; init; }

    public required string NormPlacement { get; init; }

    public string PositionEncoding { get; init; } = "sinusoidal";

    public required int MaxPositionEmbeddings { get; init; }

    public bool ScaleEmbedding { get; init; } = true;

    public bool TieWordEmbeddings { get; init; } = true;

    public bool ShareEncoderDecoderEmbeddings { get; init; } = true;

    public float Dropout { get; init; }

    public float AttentionDropout { get; init; }

    public float ActivationDropout { get; init; }

    public required int BosTokenId { get; init; }

    public required int EosTokenId { get; init; }

    public required int PadTokenId { get; init; }

    public required int DecoderStartTokenId { get; init; }

    public string TorchDtype { get; init; } = "float32";

    public static TransformerConfigFile From(TransformerConfig config) => new()
    {
        ModelType = Type,
        VocabSize = config.VocabSize,
        DModel = config.DModel,
        EncoderLayers = config.NumEncoderLayers,
        DecoderLayers = config.NumDecoderLayers,
        EncoderAttentionHeads = config.NumHeads,
        DecoderAttentionHeads = config.NumHeads,
        EncoderFfnDim = config.DFeedForward,
        DecoderFfnDim = config.DFeedForward,
        ActivationFunction = Activations.NameOf(config.Activation),
        NormPlacement = NormPlacements.First(n => n.Value == config.NormPlacement).Name,
        MaxPositionEmbeddings = config.MaxLength,
        ScaleEmbedding = config.ScaleEmbeddings,
        TieWordEmbeddings = config.TieOutput,
        ShareEncoderDecoderEmbeddings = config.ShareEmbeddings,
        Dropout = config.Dropout,
        AttentionDropout = config.AttentionDropout,
        ActivationDropout = config.ActivationDropout,
        BosTokenId = config.BosId,
        EosTokenId = config.EosId,
        PadTokenId = config.PadId,
        DecoderStartTokenId = config.BosId,
    };

    /// <inheritdoc/>
    public TransformerConfig ToConfig(string path)
    {
        Require(path, "is_encoder_decoder", IsEncoderDecoder, true);
        Require(path, "position_encoding", PositionEncoding, "sinusoidal");
        Require(path, "decoder_attention_heads", DecoderAttentionHeads, EncoderAttentionHeads);
        Require(path, "decoder_ffn_dim", DecoderFfnDim, EncoderFfnDim);
        Require(path, "decoder_start_token_id", DecoderStartTokenId, BosTokenId);
        return new TransformerConfig
        {
            VocabSize = VocabSize,
            DModel = DModel,
            NumEncoderLayers = EncoderLayers,
            NumDecoderLayers = DecoderLayers,
            NumHeads = EncoderAttentionHeads,
            DFeedForward = EncoderFfnDim,
            Activation = Choose(path, "activation_function", ActivationFunction, Activations.Known),
            NormPlacement = Choose(path, "norm_placement", NormPlacement, NormPlacements),
            MaxLength = MaxPositionEmbeddings,
            ScaleEmbeddings = ScaleEmbedding,
            TieOutput = TieWordEmbeddings,
            ShareEmbeddings = ShareEncoderDecoderEmbeddings,
            Dropout = Dropout,
            AttentionDropout = AttentionDropout,
            ActivationDropout = ActivationDropout,
            BosId = BosTokenId,
            EosId = EosTokenId,
            PadId = PadTokenId,
        };
    }

    private static void Require<T>(string path, string key, T found, T expected)
    {
        if (!EqualityComparer<T>.Default.Equals(found, expected))
        {
            throw new ConfigException(FormattableString.Invariant($"{path}: \"{key}\" is {found}, but {Type} supports only {expected} here"));
        }
    }

    private static T Choose<T>(string path, string key, string name, (string Name, T Value)[] known)
    {
        foreach ((string knownName, T value) in known)
        {
            if (knownName == name)
            {
                return value;
            }
        }

        throw new ConfigException($"{path}: \"{key}\" must be one of {string.Join(", ", known.Select(k => k.Name))}, not {Formats.Display.Quote(name)}");
    }
}
