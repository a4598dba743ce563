using Heed.Models.Causal;
using Heed.Models.Pretrained;
using Heed.Models.Prompts;
using Heed.Nn.Losses;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Testing;
using Heed.Text.Tokenizers;
using Heed.Training.Data;
using Heed.Training.FineTuning;

namespace Heed.Training.Tests.FineTuning;

public sealed class PreferenceObjectiveTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DecoderOnlyModel model;
    private readonly PreferenceCorpus corpus;

    public PreferenceObjectiveTests()
    {
        string path = SmallChat.WriteModel(folder, dModel: 8);
        model = (DecoderOnlyModel)PretrainedModel.Load(path).Model;
        corpus = PreferenceCorpus.Read(SmallChat.WritePreferences(folder, new Random(1)), new PromptEncoder(Tokenizer.Load(path), PromptTemplate.Named("chatml"), 0), 96);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Before_the_first_step_the_loss_is_ln_2_whatever_stands_together_and_whatever_dropout_there_is()
    {
        corpus.SetReference(model, new BatchOptions { MaxTokens = 200 });
        var objective = new PreferenceObjective(model, model, new PreferenceLoss(0.3f));
        foreach (int[] pairs in new int[][] { [3], [0, 1, 2, 3, 4, 5, 6, 7], [7, 2] })
        {
            Assert.Equal(MathF.Log(2), objective.Loss(corpus.Batch(pairs, new BatchOptions()), new DropoutSource(1, 1)).Item());
        }
    }

    [Fact]
    public void Gradients_are_those_of_finite_differences()
    {
        PreferenceBatch batch = corpus.Batch([0, 1, 2], new BatchOptions()); // the reference is left at zero
        var objective = new PreferenceObjective(model, model, new PreferenceLoss(0.5f, 0.1f));
        GradientCheck.Run(_ => objective.Loss(batch, null), [model.Body.FinalNorm!.NamedParameters()[0].Tensor, model.Body.Layers[1].SelfAttention.ValueProjection.Weight]);
    }
}
