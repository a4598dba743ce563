using Heed.Models;
using Heed.Models.Chat;
using Heed.Models.Prompts;
using Heed.Training.Data;

namespace Heed.Training.FineTuning;

/// <summary>Conversations as tokens, of which the answers are to be learned.</summary>
public sealed class InstructionCorpus : FineTuningCorpus<TextBatch>
{
    private readonly List<LabelledSequence> examples;

    private InstructionCorpus(List<LabelledSequence> examples, string description)
        : base(description, examples.Sum(example => example.Ids.Length - 1L), FingerprintOf(examples)) => this.examples = examples;

    /// <inheritdoc/>
    public override int Count => examples.Count;

    /// <summary>An example.</summary>
    /// <param name="example">Its number.</param>
    public LabelledSequence this[int example] => examples[example];

    /// <summary>Reads and encodes a file of conversations.</summary>
    /// <param name="path">A file with a JSON object a line: <c>messages</c>, or <c>instruction</c>, <c>input</c> and <c>output</c>, or <c>prompt</c> and <c>completion</c>.</param>
    /// <param name="encoder">Writes a conversation as tokens.</param>
    /// <param name="maxTokens">The most tokens of an example.</param>
    /// <param name="tooLong">What happens to longer ones.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InvalidDataException">A line is malformed, or no example is left; the message names the place and the mend.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static InstructionCorpus Read(string path, ConversationEncoder encoder, int maxTokens, TooLong tooLong = TooLong.Drop, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        var limit = new ExampleLimit(maxTokens, tooLong);
        var examples = new List<LabelledSequence>();
        foreach ((JsonLine line, IReadOnlyList<ChatTurn> messages) in ConversationFile.Read(path))
        {
            cancellation.ThrowIfCancellationRequested();
            LabelledSequence encoded = ConversationFile.Encode(line, encoder, messages);
            if (encoded.LabelCount == 0)
            {
                throw line.Error($"has no answer to learn: none of its {messages.Count} messages is the assistant's");
            }

            if (limit.Apply(encoded) is [var kept])
            {
                examples.Add(kept);
            }
        }

        return new InstructionCorpus(examples, limit.Describe(examples.Count, "example", path));
    }

    /// <inheritdoc/>
    public override int TokenCost(int example) => examples[example].Ids.Length;

    /// <inheritdoc/>
    public override TextBatch Batch(ReadOnlySpan<int> examples, BatchOptions options)
    {
        var chosen = new LabelledSequence[examples.Length];
        for (int i = 0; i < chosen.Length; i++)
        {
            chosen[i] = this.examples[examples[i]];
        }

        return LabelledSequence.Pack(chosen);
    }

    private static CorpusFingerprint FingerprintOf(List<LabelledSequence> examples)
    {
        var fingerprint = new CorpusFingerprint();
        foreach (LabelledSequence example in examples)
        {
            fingerprint.Add(example.Ids);
            fingerprint.Add([.. example.Answers.SelectMany(answer => new[] { answer.Start, answer.Length })]);
        }

        return fingerprint;
    }
}
