using Heed.Models.Causal;
using Heed.Models.Pretrained;
using Heed.Models.Prompts;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Testing;

namespace Heed.Models.Tests.Prompts;

/// <summary>What is learned of a sequence, and what its neighbours have to do with it: nothing.</summary>
public sealed class LabelledSequenceTests
{
    private static readonly LabelledSequence First = new([5, 9, 4, 7, 3], [new AnswerRange(2, 2)]);
    private static readonly LabelledSequence Second = new([6, 8, 11], [new AnswerRange(0, 1), new AnswerRange(2, 1)]);

    [Fact]
    public void Labels_stand_before_the_tokens_to_be_learned()
    {
        TextBatch batch = LabelledSequence.Pack([First, Second]);
        Assert.Equal([5, 9, 4, 7, 6, 8], batch.Ids);
        Assert.Equal([-1, 4, 7, -1, -1, 11], batch.LabelIds);
        Assert.Equal((3, 2, 1), (batch.LabelCount, batch.LabelsOf(0), batch.LabelsOf(1)));
        Assert.Equal((2, 1), (First.LabelCount, Second.LabelCount));
    }

    [Theory]
    [InlineData(5, 2)]
    [InlineData(4, 2)]
    [InlineData(3, 1)]
    [InlineData(2, 0)]
    public void Truncating_cuts_answers_too(int length, int labels)
    {
        LabelledSequence cut = First.Truncate(length);
        Assert.Equal(length, cut.Ids.Length);
        Assert.Equal(labels, cut.LabelCount);
        Assert.Equal(labels, LabelledSequence.Pack([cut]).LabelCount);
    }

    [Fact]
    public void The_loss_is_the_mean_over_answers_alone()
    {
        CausalLanguageModel model = Model();
        float[] losses = Ops.CrossEntropy(model.Logits(new[] { 5, 9, 4, 7 }, Segments.FromLengths(4)), new[] { 9, 4, 7, 3 }).ToArray();
        Assert.Equal((losses[1] + losses[2]) / 2, model.Loss(LabelledSequence.Pack([First])).Item(), 1e-5);
        Assert.Equal(-losses[1] - losses[2], model.SequenceLogProbabilities(LabelledSequence.Pack([First])).Item(), 1e-5);
    }

    [Fact]
    public void A_sequence_has_the_same_bits_alone_and_among_others()
    {
        CausalLanguageModel model = Model();
        float[] together = model.SequenceLogProbabilities(LabelledSequence.Pack([Second, First, Second])).ToArray();
        Assert.Equal([Alone(Second), Alone(First), Alone(Second)], together);

        float Alone(LabelledSequence sequence) => model.SequenceLogProbabilities(LabelledSequence.Pack([sequence])).Item();
    }

    [Fact]
    public void Gradients_are_those_of_finite_differences()
    {
        var model = (DecoderOnlyModel)Model();
        Tensor gain = model.Body.FinalNorm!.NamedParameters()[0].Tensor;
        GradientCheck.Run(_ => model.Loss(LabelledSequence.Pack([First, Second])), [gain]);
        GradientCheck.Run(_ => model.SequenceLogProbabilities(LabelledSequence.Pack([First, Second])), [gain]);
    }

    [Fact]
    public void What_comes_after_the_last_answer_receives_no_gradient()
    {
        var model = (DecoderOnlyModel)Model();
        Tensor table = model.TokenEmbedding.Weight;
        using Tape tape = Tape.Begin();
        tape.Backward(model.Loss(LabelledSequence.Pack([new LabelledSequence([5, 9, 4, 7, 3, 12], [new AnswerRange(2, 1)])])));
        int width = table.Shape[1];
        Assert.Equal([5, 9], Enumerable.Range(0, model.VocabSize).Where(id => table.Gradient!.Values.Slice(id * width, width).ContainsAnyExcept(0f)));
    }

    private static CausalLanguageModel Model() => (CausalLanguageModel)PretrainedModel.Load(SharedFolder.PathOrSkip("golden/hf/llama")).Model;
}
