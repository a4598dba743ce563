using Heed.Models.Classification;
using Heed.Models.Configuration;
using Heed.Models.Encoders;
using Heed.Models.Pretrained;
using Heed.Nn;
using Heed.Tensors.Random;

namespace Heed.Models.Causal;

/// <summary>What the decoder-only families share about heads: a model has one for next tokens, or one for classes.</summary>
internal static class DecoderClassifiers
{
    /// <summary>The model that a configuration describes, its weights still to be loaded.</summary>
    public static Module Create(DecoderOnlyConfig sizes, HuggingFaceConfig config, Pooling usual) => ClassLabels.IsClassifier(config)
        ? new DecoderClassifier(sizes, ClassLabels.Count(config), random: null, ClassLabels.ReadPooling(config, usual))
        : new DecoderOnlyModel(sizes, random: null);

    /// <summary>How many parameters the head for classes has that a configuration describes.</summary>
    public static Int128 HeadParameters(DecoderOnlyConfig sizes, HuggingFaceConfig config) => ClassLabels.IsClassifier(config) ? (Int128)ClassLabels.Count(config) * sizes.DModel : 0;

    /// <summary>A classifier of the sizes of a model.</summary>
    public static Module Over(Module body, int numClasses, Pooling pooling, RandomSource random) => new DecoderClassifier(SizesOf(body), numClasses, random, pooling);

    /// <summary>Whether a model has an output layer of its own.</summary>
    public static bool HasOutput(Module model) => !SizesOf(model).TieOutput;

    private static DecoderOnlyConfig SizesOf(Module model) => model switch
    {
        DecoderOnlyModel language => language.Config,
        DecoderClassifier classifier => classifier.Body.Config,
        _ => throw new ConfigException($"{model.GetType().Name} is no decoder-only model"),
    };
}
