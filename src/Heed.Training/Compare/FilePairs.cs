using Heed.Models.Configuration;
using Heed.Tensors.Random;
using Heed.Training.Configuration;
using Heed.Training.Data;

namespace Heed.Training.Compare;

/// <summary>Sentence pairs of a file, shuffled and split; no source sentence is on both sides.</summary>
internal static class FilePairs
{
    private const int LongestWords = 20;

    /// <summary>Reads pairs.</summary>
    /// <exception cref="InvalidDataException">The file holds fewer than are asked for.</exception>
    public static (IReadOnlyList<SentencePair> Training, IReadOnlyList<SentencePair> HeldOut) Read(string path, LongTranslationSettings sizes, ulong seed)
    {
        SentencePair[] pairs = [.. ParallelText.FromTabSeparated(path, sizes.SourceColumn, sizes.TargetColumn).Read()
            .Where(pair => pair.Source.Split(' ').Length <= LongestWords)
            .DistinctBy(pair => pair.Source)
            .DistinctBy(pair => pair.Target)];
        if (pairs.Length < sizes.TrainPairs + sizes.TestPairs)
        {
            throw new InvalidDataException($"{path} holds {pairs.Length} distinct pairs of at most {LongestWords} words, not {sizes.TrainPairs} + {sizes.TestPairs}; lower translation.trainPairs");
        }

        new SeededRandom(seed).Shuffle(pairs.AsSpan());
        return (pairs[sizes.TestPairs..(sizes.TestPairs + sizes.TrainPairs)], pairs[..sizes.TestPairs]);
    }

    /// <summary>A file of sentence pairs that a run's configuration names and that is not there, or null.</summary>
    public static string? MissingCorpus(string configPath)
    {
        if (RunConfig.Load(configPath) is not TranslationRunConfig { Data: { } data })
        {
            throw new ConfigException($"{configPath} does not train a translator; name a configuration of the task translation");
        }

        return new[] { data.Train, data.Validation, data.Test }
            .SelectMany(section => new[] { section?.Source, section?.Target, section?.Tsv, section?.Jsonl })
            .FirstOrDefault(path => path is not null && !File.Exists(path));
    }
}
