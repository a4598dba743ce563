using System.Text.Json.Serialization;
using Heed.Models.Configuration;
using Heed.Models.Seq2Seq;

namespace Heed.Training.Configuration;

/// <summary>What is trained: the <c>architecture</c> key chooses the family, a preset gives the sizes, and other keys depart from it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "architecture")]
[JsonDerivedType(typeof(TransformerSection), "transformer")]
[JsonDerivedType(typeof(RecurrentSection), "recurrent")]
[JsonDerivedType(typeof(ConvolutionalSection), "convolutional")]
[ConfigDefaultKind("transformer")]
public abstract record ModelSection
{
    /// <summary>Where the sizes come from.</summary>
    public abstract string Preset { get; init; }

    /// <summary>The longest sequence, in tokens, that the model reads or writes.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The model's configuration for a vocabulary.</summary>
    /// <param name="vocabSize">The number of tokens.</param>
    /// <exception cref="ConfigException">The preset does not exist.</exception>
    public abstract Seq2SeqConfig ToConfig(int vocabSize);
}
