using System.Collections.Immutable;
using Heed.Models.Configuration;
using Heed.Models.Decoding;
using Heed.Models.Pretrained;
using Heed.Models.Translating;
using Heed.Tensors;
using Heed.Tensors.Memory;
using Heed.Text.Tokenizers;

namespace Heed.Models.Classification;

/// <summary>Says which class texts belong to. May be used from many threads at once.</summary>
/// <remarks>A text's probabilities have the same bits whatever texts stand around it, whatever the batch size and the number of threads.</remarks>
public sealed class TextClassifier
{
    private const int WindowLines = 2048;
    private const int BatchTokens = 4096;

    /// <summary>Puts a model and its tokenizer together.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="labels">The names of its classes, in the order of its scores.</param>
    /// <param name="maxTokens">The most tokens of a text; null is as many as the model reads.</param>
    /// <exception cref="ConfigException">The three do not belong together.</exception>
    public TextClassifier(ISequenceClassifier model, Tokenizer tokenizer, IReadOnlyList<string> labels, int? maxTokens = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(labels);
        ConfigGuard.Tokens(tokenizer, model.VocabSize);
        if (labels.Count != model.NumClasses)
        {
            throw new ConfigException($"there are {labels.Count} names of classes, but the model scores {model.NumClasses}");
        }

        Model = model;
        Tokenizer = tokenizer;
        Labels = [.. labels];
        Encoder = new ClassifierEncoder(tokenizer, Math.Min(maxTokens ?? int.MaxValue, model.MaxLength));
    }

    /// <summary>The model.</summary>
    public ISequenceClassifier Model { get; }

    /// <summary>Its tokenizer.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>Turns texts into the tokens that the model reads.</summary>
    public ClassifierEncoder Encoder { get; }

    /// <summary>The names of the classes.</summary>
    public ImmutableArray<string> Labels { get; }

    /// <summary>Loads a folder in Hugging Face's layout.</summary>
    /// <param name="folder">The folder: <c>config.json</c> with <c>id2label</c>, weights, tokenizer.</param>
    /// <exception cref="ConfigException">The model has no head for classes, or its parts do not belong together.</exception>
    /// <exception cref="InvalidDataException">A file is missing or malformed.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static TextClassifier Load(string folder)
    {
        var loaded = PretrainedModel.Load(folder);
        return loaded.IsClassifier
            ? new TextClassifier((ISequenceClassifier)loaded.Model, Tokenizer.Load(folder), loaded.Labels())
            : throw new ConfigException($"{folder} holds a model of the family {loaded.Architecture} without a head for classes; train one from it with task: classification");
    }

    /// <summary>Classifies one text.</summary>
    /// <param name="text">Any text.</param>
    /// <exception cref="NotFiniteNumberException">The model's scores are not numbers: it is damaged.</exception>
    public ClassifiedText Classify(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Classify([text]).Single();
    }

    /// <summary>Classifies a stream of texts. Nothing is read or computed before the result is enumerated.</summary>
    /// <param name="texts">The texts; some thousands are read ahead.</param>
    /// <param name="cancellation">Ends the work before the next batch.</param>
    /// <returns>A result for each text, in the same order.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">The model's scores are not numbers: it is damaged.</exception>
    public IEnumerable<ClassifiedText> Classify(IEnumerable<string> texts, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Classify(texts, WindowLines, cancellation);
    }

    /// <summary>Classifies a stream of texts, reading a number of them ahead; 1 answers each before the next is read.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="windowLines">How many are read ahead.</param>
    /// <param name="cancellation">Ends the work before the next batch.</param>
    /// <inheritdoc cref="Classify(IEnumerable{string}, CancellationToken)" path="/exception"/>
    public IEnumerable<ClassifiedText> Classify(IEnumerable<string> texts, int windowLines, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowLines, 1);
        return Stream();

        IEnumerable<ClassifiedText> Stream()
        {
            long done = 0;
            foreach (IReadOnlyList<string> window in Windows.Of(texts, windowLines, text => text.Length))
            {
                foreach (ClassifiedText result in ClassifyWindow(window, done, cancellation))
                {
                    yield return result;
                }

                done += window.Count;
            }
        }
    }

    private ClassifiedText[] ClassifyWindow(IReadOnlyList<string> texts, long before, CancellationToken cancellation)
    {
        EncodedText[] encoded = [.. texts.Select(Encoder.Encode)];
        var results = new ClassifiedText[texts.Count];
        foreach (int[] batch in LengthBatches.Group([.. encoded.Select(text => text.Ids.Length)], BatchTokens))
        {
            cancellation.ThrowIfCancellationRequested();
            using TensorScope scope = TensorScope.Begin();
            int[] ids = [.. batch.SelectMany(i => encoded[i].Ids)];
            Tensor logits = Model.ClassLogits(ids, Segments.FromLengths([.. batch.Select(i => encoded[i].Ids.Length)])); // [batch, classes]
            for (int row = 0; row < batch.Length; row++)
            {
                int i = batch[row];
                results[i] = new ClassifiedText(before + i + 1, texts[i], Classes(logits.Values.Slice(row * Labels.Length, Labels.Length)), Warning(before + i + 1, encoded[i]));
            }
        }

        return results;
    }

    private ImmutableArray<ClassProbability> Classes(ReadOnlySpan<float> logits)
    {
        double logSum = LogSumExp.Compute(logits);
        var classes = new ClassProbability[logits.Length];
        for (int i = 0; i < classes.Length; i++)
        {
            classes[i] = new ClassProbability(Labels[i], Math.Min(1, Math.Exp(logits[i] - logSum)));
        }

        return [.. classes.OrderByDescending(found => found.Probability)]; // stable
    }

    private string? Warning(long line, EncodedText text) => text.Dropped == 0
        ? null
        : $"line {line} has {text.Ids.Length + text.Dropped} tokens, but the model reads at most {Encoder.MaxLength}: {text.Dropped} at its end were not read";
}
