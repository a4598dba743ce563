using Heed.Models.Classification;
using Heed.Tensors;

namespace Heed.Training.Data.Labelled;

/// <summary>Labelled texts as tokens, held compactly.</summary>
public sealed class LabelledCorpus : ExampleCorpus<ClassificationBatch>
{
    private readonly PackedIds texts = new();
    private readonly List<int> labels = [];

    private LabelledCorpus()
    {
    }

    /// <inheritdoc/>
    public override int Count => labels.Count;

    /// <summary>The number of tokens.</summary>
    public long TokenCount => texts.TotalLength;

    /// <summary>How many texts were longer than the model reads, and lost their end.</summary>
    public int CutTexts { get; private set; }

    /// <summary>A number that changes when a token or a label does.</summary>
    public ulong Fingerprint
    {
        get
        {
            var fingerprint = new CorpusFingerprint();
            for (int i = 0; i < Count; i++)
            {
                fingerprint.Add(texts[i]);
                fingerprint.Add([labels[i]]);
            }

            return fingerprint.Value;
        }
    }

    /// <summary>Encodes texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="path">Their file, for messages.</param>
    /// <param name="labels">The classes.</param>
    /// <param name="encoder">Makes tokens of texts.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InvalidDataException">A label is none of the classes.</exception>
    public static LabelledCorpus Encode(IEnumerable<LabelledText> texts, string path, LabelSet labels, ClassifierEncoder encoder, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(encoder);
        var corpus = new LabelledCorpus();
        foreach ((LabelledText text, EncodedText encoded) in OrderedParallel.Select(texts, text => (text, encoder.Encode(text.Text)), threads: 0, cancellation))
        {
            corpus.texts.Add(encoded.Ids);
            corpus.labels.Add(labels.NumberOf(text, path));
            corpus.CutTexts += encoded.Dropped > 0 ? 1 : 0;
        }

        corpus.texts.Trim();
        return corpus;
    }

    /// <summary>The number of a text's class.</summary>
    /// <param name="example">The text's number.</param>
    public int Label(int example) => labels[example];

    /// <inheritdoc/>
    public override int TokenCost(int example) => texts.Length(example);

    /// <inheritdoc/>
    public override ClassificationBatch Batch(ReadOnlySpan<int> examples, BatchOptions options)
    {
        var lengths = new int[examples.Length];
        var classes = new int[examples.Length];
        for (int i = 0; i < examples.Length; i++)
        {
            lengths[i] = texts.Length(examples[i]);
            classes[i] = labels[examples[i]];
        }

        var batch = new ClassificationBatch(new int[lengths.Sum()], Segments.FromLengths(lengths), classes);
        for (int i = 0; i < examples.Length; i++)
        {
            texts[examples[i]].CopyTo(batch.Ids.AsSpan(batch.Sequences.Starts[i]));
        }

        return batch;
    }
}
