using Heed.Models.Pretrained;
using Heed.Models.Seq2Seq;
using Heed.Nn.Optimizers;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Tensors.Random;
using Heed.Testing;
using Heed.Text.Tokenizers;
using Heed.Training.Configuration;

namespace Heed.Cli.Tests.Docs.Examples;

/// <summary>The examples of README.md that need no files.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Its_configurations_are_valid()
    {
        using var folder = new TemporaryFolder();
        string[] yaml = [.. MarkdownFile.CodeBlocksOf(MarkdownFile.Open("README.md").Text, "yaml")];
        Assert.Equal(2, yaml.Length);
        var config = (TranslationRunConfig)RunConfig.Load(folder.File("translator.yaml", yaml[0]));
        Assert.Equal(("train.de", 8000, "small", 5), (config.Data.Train.Source, config.Tokenizer.VocabSize, config.Model.Preset, config.Decoding.BeamSize));
        var writer = (LanguageModelRunConfig)RunConfig.Load(folder.File("writer.yaml", yaml[1]));
        Assert.Equal(("corpus/**/*.txt", 256, NewModelFamily.Llama), (writer.Data.Train.Files[0], writer.Data.Context, writer.Model.Family));
    }

    [Fact]
    public void Steps_by_hand_teach_the_pair()
    {
        Tokenizer tokenizer = TokenizerTrainer.Train(new TokenizerOptions { VocabSize = 300 }, ["Der Hund schläft.", "The dog sleeps."]);
        double loss = LossAfterSteps(tokenizer);
        Assert.True(loss < 0.5, $"the loss is {loss} after 50 steps on one pair");
    }

    private static float LossAfterSteps(Tokenizer tokenizer)
    {
        var model = new TransformerModel(TransformerConfig.Tiny(tokenizer.VocabSize), new SeededRandom(1));
        var optimizer = new Adam(model.NamedParameters(), learningRate: 1e-3f) { MaxGradientNorm = 1f };
        TokenBatch batch = TokenBatch.Pack([tokenizer.Encode("Der Hund schläft.")], [tokenizer.Encode("The dog sleeps.")], model.BosId, model.EosId);
        for (ulong step = 0; step < 50; step++)
        {
            using Tape tape = Tape.Begin();
            Tensor loss = model.Loss(batch, labelSmoothing: 0.1f, new DropoutSource(1, step));
            tape.Backward(loss);
            optimizer.Step();
            optimizer.ClearGradients();
        }

        return model.Loss(batch, labelSmoothing: 0f, dropout: null).Item();
    }
}
