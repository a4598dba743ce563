using Heed.Models.Configuration;
using Heed.Models.Encoders;
using Heed.Models.Formats;
using Heed.Models.Pretrained;
using Heed.Nn;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.Classification;

/// <summary>Puts a head for classes on the body of a model that was trained for something else.</summary>
internal static class ClassifierMaker
{
    public static PretrainedModel Make(PretrainedModel source, IReadOnlyList<string> labels, RandomSource random, Pooling? pooling)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(random);
        GuardLabels(labels);
        PretrainedFamily family = PretrainedFamily.Of(PretrainedModel.ConfigName, source.Architecture);
        string name = family.ClassifierName ?? throw new ConfigException($"models of the family {source.Architecture} score no classes; start from GPT-2, LLaMA, Mistral, Qwen2, BERT, RoBERTa or DistilBERT");
        Pooling chosen = pooling ?? family.UsualPooling;
        Module model = family.CreateClassifier(source.Model, labels.Count, chosen, random);
        var config = HuggingFaceConfig.Parse(PretrainedModel.ConfigName, source.Config);
        bool sameHead = ClassLabels.IsClassifier(config) && ClassLabels.Read(config).SequenceEqual(labels);
        Copy(source.Model, model, sameHead);
        return new PretrainedModel(source.Architecture, model, ClassLabels.Write(source.Config, name, labels, chosen, family.UsualPooling), generation: null);
    }

    private static void GuardLabels(IReadOnlyList<string> labels)
    {
        if (labels.Count < 2)
        {
            throw new ConfigException($"a classifier needs two classes at least, not {labels.Count}{(labels.Count == 1 ? $" ({Display.Quote(labels[0])})" : string.Empty)}");
        }

        if (labels.GroupBy(label => label).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ConfigException($"{twice.Count()} classes are called {Display.Quote(twice.Key)}");
        }
    }

    // Parts have the same keys in every model of a family; what only the old head had is left behind.
    private static void Copy(Module source, Module destination, bool withHead)
    {
        Dictionary<string, Tensor> known = source.NamedParameters().ToDictionary(parameter => parameter.Name, parameter => parameter.Tensor, StringComparer.Ordinal);
        foreach ((string name, Tensor tensor) in destination.NamedParameters())
        {
            if ((withHead || !ClassifierParameters.IsHead(name)) && known.TryGetValue(name, out Tensor? values))
            {
                values.Values.CopyTo(tensor.MutableValues());
            }
        }
    }
}
