using Heed.Models;
using Heed.Models.Generation;
using Heed.Models.Prompts;
using Heed.Training.Configuration;
using Heed.Training.Data;
using Heed.Training.LanguageModels;

namespace Heed.Training.FineTuning;

/// <summary>Scores a model on validation conversations: the loss of the answers, and how many of the first ones it gives itself, to the token.</summary>
/// <param name="tuned">The model.</param>
/// <param name="corpus">The conversations.</param>
/// <param name="batching">How many are read at once.</param>
/// <param name="answers">How many questions the model answers itself.</param>
/// <exception cref="ArgumentException">A conversation alone is more than a batch holds.</exception>
internal sealed class InstructionValidator(TunedModel tuned, InstructionCorpus corpus, BatchOptions batching, AnswerSection answers)
{
    private const int SampleCount = 5;

    private readonly IEnumerable<TextBatch> batches = corpus.InOrder(batching); // here, so that one too long for a batch is noticed before training

    public ValidationResult Run()
    {
        double loss = HeldOutLoss.Of(new LanguageModelObjective(tuned.Model), batches).Mean;
        var scores = new OrderedDictionary<string, double> { ["perplexity"] = Math.Exp(loss) };
        int asked = Math.Min(answers.Count, corpus.Count);
        if (asked == 0)
        {
            return new ValidationResult(loss, scores, []);
        }

        LabelledSequence[] examples = [.. Enumerable.Range(0, asked).Select(i => corpus[i])];
        int[][] written = Answer(examples);
        scores["exact"] = (double)examples.Zip(written).Count(pair => Given(pair.First).SequenceEqual(pair.Second)) / asked;
        return new ValidationResult(loss, scores, [.. examples.Zip(written).Take(SampleCount).Select(pair => Describe(pair.First, pair.Second))]);
    }

    // The last answer of each conversation, after all that was said before it.
    private int[][] Answer(LabelledSequence[] examples)
    {
        var options = new GenerationOptions { MaxNewTokens = answers.MaxTokens, Temperature = 0, StopTokens = [tuned.Encoder.AnswerEndId] };
        GenerationRequest[] requests = [.. examples.Select(example => new GenerationRequest(example.Ids.AsMemory(0, Math.Max(1, example.Answers[^1].Start)), options))];
        return [.. new TokenGenerator(tuned.Model).Generate(requests).Select(output => output.Tokens.Select(token => token.Token).ToArray())];
    }

    private static ReadOnlySpan<int> Given(LabelledSequence example) => example.Ids.AsSpan(Math.Max(1, example.Answers[^1].Start));

    private string Describe(LabelledSequence example, int[] written) =>
        $"question  {tuned.Tokenizer.Decode(example.Ids.AsSpan(0, example.Answers[^1].Start))}\nreference {tuned.Tokenizer.Decode(Given(example))}\nanswer    {tuned.Tokenizer.Decode(written)}";
}
