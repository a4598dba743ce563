using Heed.Models;
using Heed.Models.Chat;
using Heed.Models.Causal;
using Heed.Models.Prompts;
using Heed.Tensors.Memory;
using Heed.Training.Data;

namespace Heed.Training.FineTuning;

/// <summary>Questions with a preferred and another answer, as tokens, and how likely the model that training begins with finds them.</summary>
public sealed class PreferenceCorpus : FineTuningCorpus<PreferenceBatch>
{
    private readonly List<(LabelledSequence Chosen, LabelledSequence Rejected)> examples;
    private readonly float[] reference; // of the n-th example at 2n and 2n + 1

    private PreferenceCorpus(List<(LabelledSequence Chosen, LabelledSequence Rejected)> examples, string description)
        : base(description, examples.Sum(example => example.Chosen.Ids.Length + example.Rejected.Ids.Length - 2L), FingerprintOf(examples))
    {
        this.examples = examples;
        reference = new float[2 * examples.Count];
    }

    /// <inheritdoc/>
    public override int Count => examples.Count;

    /// <summary>An example.</summary>
    /// <param name="example">Its number.</param>
    public (LabelledSequence Chosen, LabelledSequence Rejected) this[int example] => examples[example];

    /// <summary>Reads and encodes a file of preferences.</summary>
    /// <param name="path">A file with a JSON object a line: <c>prompt</c>, <c>chosen</c> and <c>rejected</c>.</param>
    /// <param name="encoder">Writes a question and its answer as tokens.</param>
    /// <param name="maxTokens">The most tokens of a question with either answer.</param>
    /// <param name="tooLong">What happens to longer ones.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InvalidDataException">A line is malformed, or no example is left; the message names the place and the mend.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PreferenceCorpus Read(string path, ConversationEncoder encoder, int maxTokens, TooLong tooLong = TooLong.Drop, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        var limit = new ExampleLimit(maxTokens, tooLong);
        var examples = new List<(LabelledSequence Chosen, LabelledSequence Rejected)>();
        foreach (JsonLine line in JsonLine.Read(path))
        {
            cancellation.ThrowIfCancellationRequested();
            LabelledSequence Answered(string field) => ConversationFile.Encode(line, encoder, [new(ChatTurn.User, line.Text("prompt")), new(ChatTurn.Assistant, line.Text(field))]);
            if (limit.Apply(Answered("chosen"), Answered("rejected")) is [var chosen, var rejected])
            {
                examples.Add((chosen, rejected));
            }
        }

        return new PreferenceCorpus(examples, limit.Describe(examples.Count, "preference", path));
    }

    /// <summary>Computes how likely a model finds all answers: that of the beginning, before its first step.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How many tokens it reads at once; no number depends on it.</param>
    /// <param name="cancellation">Stops the work.</param>
    public void SetReference(CausalLanguageModel model, BatchOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var plan = BatchPlan.InOrder(this, options);
        for (int i = 0; i < plan.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using TensorScope scope = TensorScope.Begin();
            ReadOnlySpan<int> pairs = plan.Examples(i);
            ReadOnlySpan<float> found = model.SequenceLogProbabilities(Batch(pairs, options).Texts).Values;
            for (int pair = 0; pair < pairs.Length; pair++)
            {
                reference[2 * pairs[pair]] = found[pair];
                reference[(2 * pairs[pair]) + 1] = found[pairs.Length + pair];
            }
        }
    }

    /// <inheritdoc/>
    public override int TokenCost(int example) => examples[example].Chosen.Ids.Length + examples[example].Rejected.Ids.Length;

    /// <inheritdoc/>
    public override PreferenceBatch Batch(ReadOnlySpan<int> examples, BatchOptions options)
    {
        int pairs = examples.Length;
        var sequences = new LabelledSequence[2 * pairs];
        var references = new float[2 * pairs];
        for (int i = 0; i < pairs; i++)
        {
            (sequences[i], sequences[pairs + i]) = this.examples[examples[i]];
            (references[i], references[pairs + i]) = (reference[2 * examples[i]], reference[(2 * examples[i]) + 1]);
        }

        return new PreferenceBatch(LabelledSequence.Pack(sequences), references);
    }

    private static CorpusFingerprint FingerprintOf(List<(LabelledSequence Chosen, LabelledSequence Rejected)> examples)
    {
        var fingerprint = new CorpusFingerprint();
        foreach ((LabelledSequence chosen, LabelledSequence rejected) in examples)
        {
            fingerprint.Add(chosen.Ids);
            fingerprint.Add(rejected.Ids);
        }

        return fingerprint;
    }
}
