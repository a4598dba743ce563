using Heed.Models.Convolutional;
using Heed.Models.Recurrent;
using Heed.Models.Seq2Seq;
using Heed.Nn;
using Heed.Nn.Optimizers;
using Heed.Nn.Recurrent;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Tensors.Devices;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Models.Tests.Seq2Seq;

/// <summary>Changes the process's default device, and so runs while no other test does.</summary>
[CollectionDefinition(nameof(TrainingBitsTests), DisableParallelization = true)]
[Collection(nameof(TrainingBitsTests))]
public sealed class TrainingBitsTests
{
    public static TheoryData<Seq2SeqConfig> Configs =>
    [
        new TransformerConfig { VocabSize = 300, DModel = 64, NumHeads = 4, DFeedForward = 160, NumEncoderLayers = 1, NumDecoderLayers = 1, AttentionDropout = 0.1f },
        new RecurrentConfig { VocabSize = 300, EmbeddingSize = 64, HiddenSize = 96 },
        new RecurrentConfig { VocabSize = 300, Cell = RecurrentCellKind.Lstm, Attention = RecurrentAttentionKind.LuongGeneral, EmbeddingSize = 64, HiddenSize = 96 },
        new ConvolutionalConfig { VocabSize = 300, EmbeddingSize = 64, HiddenSize = 96, NumEncoderLayers = 1, NumDecoderLayers = 1 },
    ];

    [Theory]
    [MemberData(nameof(Configs))]
    public void Training_gives_the_same_bits_on_any_number_of_threads(Seq2SeqConfig config)
    {
        IReadOnlyList<NamedParameter> expected = Train(config, threads: 1);
        foreach (int threads in new[] { 2, 5 })
        {
            foreach ((NamedParameter one, NamedParameter many) in expected.Zip(Train(config, threads)))
            {
                TensorAssert.SameBits(one.Tensor.Values, many.Tensor.Values, $"{one.Name} with {threads} threads");
            }
        }
    }

    private static IReadOnlyList<NamedParameter> Train(Seq2SeqConfig config, int threads)
    {
        Device before = Device.Default;
        Device.Default = CpuDevice.Create(threads);
        try
        {
            var random = new Random(3);
            Seq2SeqModel model = config.CreateModel(new SeededRandom(4));
            var optimizer = new Adam(model.NamedParameters(), 1e-3f) { MaxGradientNorm = 1f };
            for (ulong step = 0; step < 3; step++)
            {
                int[][] Sentences() => [.. Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, random.Next(3, 30)).Select(_ => random.Next(3, 300)).ToArray())];
                using Tape tape = Tape.Begin();
                Tensor loss = model.Loss(TokenBatch.Pack(Sentences(), Sentences(), model.BosId, model.EosId), 0.1f, new DropoutSource(5, step));
                optimizer.ClearGradients();
                tape.Backward(loss);
                optimizer.Step();
            }

            return model.NamedParameters();
        }
        finally
        {
            Device.Default = before;
        }
    }
}
