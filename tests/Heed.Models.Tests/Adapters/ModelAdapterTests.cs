using Heed.Models.Adapters;
using Heed.Models.Causal;
using Heed.Models.Configuration;
using Heed.Models.Pretrained;
using Heed.Nn;
using Heed.Nn.Optimizers;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Tensors.Devices;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Models.Tests.Adapters;

/// <summary>Changes the process's default device, and so runs while no other test does.</summary>
[CollectionDefinition(nameof(ModelAdapterTests), DisableParallelization = true)]
[Collection(nameof(ModelAdapterTests))]
public sealed class ModelAdapterTests
{
    public static TheoryData<string> Folders => AdaptedModels.Folders;

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_new_adapter_leaves_the_output_bit_equal(string folder)
    {
        PretrainedModel model = AdaptedModels.Load(folder);
        float[] before = AdaptedModels.Output(model.Model);
        ModelAdapter.Create(model, new AdapterConfig(), new SeededRandom(1));
        TensorAssert.SameBits(before, AdaptedModels.Output(model.Model), folder);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Merged_equals_unmerged_within_1e_5_and_unmerging_and_detaching_restore_the_bits(string folder)
    {
        PretrainedModel model = AdaptedModels.Load(folder);
        float[] before = AdaptedModels.Output(model.Model);
        ModelAdapter adapter = AdaptedModels.Trained(model);
        float[] unmerged = AdaptedModels.Output(model.Model);
        Assert.False(before.AsSpan().SequenceEqual(unmerged), "the adapter changes nothing");
        adapter.Merge();
        TensorAssert.Close(unmerged, AdaptedModels.Output(model.Model), 1e-5, "merged", floor: 1);
        adapter.Unmerge();
        TensorAssert.SameBits(unmerged, AdaptedModels.Output(model.Model), "unmerged");
        adapter.Detach();
        TensorAssert.SameBits(before, AdaptedModels.Output(model.Model), "detached");
    }

    [Theory]
    [InlineData("llama-gqa", "q_proj, v_proj", "q_proj v_proj")]
    [InlineData("llama-gqa", "o_proj", "out_proj")]
    [InlineData("llama-gqa", "all-linear", "down_proj gate_proj k_proj out_proj q_proj up_proj v_proj")]
    [InlineData("gpt2", "c_attn", "k_proj q_proj v_proj")]
    [InlineData("gpt2", "mlp.c_proj", "fc2")]
    [InlineData("bert-mlm", "query,value", "q_proj v_proj")]
    [InlineData("t5-v1.1", "wi_0, EncDecAttention.q", "gate_proj q_proj")]
    public void Targets_are_found_by_either_library_s_names(string folder, string targets, string expected)
    {
        ModelAdapter adapter = ModelAdapter.Create(AdaptedModels.Load(folder), new AdapterConfig { Targets = targets }, new SeededRandom(1));
        string[] layers = [.. adapter.NamedModules().Select(part => part.Name.Split('.')[^1]).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(expected, string.Join(' ', layers));
    }

    [Fact]
    public void A_target_without_a_layer_is_named_with_those_there_are()
    {
        string message = Assert.Throws<ConfigException>(() => ModelAdapter.Create(AdaptedModels.Load("llama-gqa"), new AdapterConfig { Targets = "q_porj" }, new SeededRandom(1))).Message;
        Assert.Contains("\"q_porj\" (did you mean q_proj?); there are down_proj, gate_proj, k_proj, o_proj, out_proj, q_proj, up_proj, v_proj, and all-linear", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tied_output_layer_has_no_adapter()
    {
        PretrainedModel model = AdaptedModels.Load("llama-gqa");
        Assert.Throws<ConfigException>(() => ModelAdapter.Create(model, new AdapterConfig { Targets = "lm_head" }, new SeededRandom(1)));
        ModelAdapter adapter = AdaptedModels.Trained(model);
        float[] table = ((DecoderOnlyModel)model.Model).TokenEmbedding.Weight.ToArray();
        adapter.Merge();
        TensorAssert.SameBits(table, ((DecoderOnlyModel)model.Model).TokenEmbedding.Weight.Values, "the token table");
    }

    [Theory]
    [InlineData("gpt2")]
    [InlineData("llama-gqa")]
    public void Training_changes_the_adapter_alone_and_keeps_moments_for_it_alone(string folder)
    {
        PretrainedModel model = AdaptedModels.Load(folder);
        float[][] before = [.. model.Model.NamedParameters().Select(parameter => parameter.Tensor.ToArray())];
        ModelAdapter adapter = ModelAdapter.Create(model, new AdapterConfig { Rank = 2, Dropout = 0.1f }, new SeededRandom(1));
        var optimizer = new Adam([.. model.Model.NamedParameters(), .. adapter.NamedParameters()], 1e-2f);
        float first = Step(model, optimizer, 0), last = first;
        for (ulong step = 1; step < 10; step++)
        {
            last = Step(model, optimizer, step);
        }

        Assert.True(last < first, $"the loss went from {first} to {last}");
        Assert.Equal(3 * adapter.NamedParameters().Count, optimizer.State().Count);
        Assert.All(optimizer.State(), state => Assert.Contains(".lora_", state.Name, StringComparison.Ordinal));
        foreach ((NamedParameter parameter, float[] values) in model.Model.NamedParameters().Zip(before))
        {
            Assert.Null(parameter.Tensor.Gradient);
            TensorAssert.SameBits(values, parameter.Tensor.Values, parameter.Name);
        }
    }

    [Fact]
    public void Training_gives_the_same_bits_on_any_number_of_threads()
    {
        float[][] expected = Train(1);
        foreach (int threads in new[] { 2, 3 })
        {
            foreach ((float[] one, float[] many) in expected.Zip(Train(threads)))
            {
                TensorAssert.SameBits(one, many, $"{threads} threads");
            }
        }

        static float[][] Train(int threads)
        {
            Device before = Device.Default;
            Device.Default = CpuDevice.Create(threads);
            try
            {
                PretrainedModel model = AdaptedModels.Load("qwen2");
                ModelAdapter adapter = ModelAdapter.Create(model, new AdapterConfig { Dropout = 0.2f }, new SeededRandom(1));
                var optimizer = new Adam(adapter.NamedParameters(), 1e-2f);
                for (ulong step = 0; step < 3; step++)
                {
                    Step(model, optimizer, step);
                }

                return [.. adapter.NamedParameters().Select(parameter => parameter.Tensor.ToArray())];
            }
            finally
            {
                Device.Default = before;
            }
        }
    }

    [Fact]
    public void Gradients_through_a_model_are_those_of_finite_differences()
    {
        PretrainedModel model = AdaptedModels.Load("gpt2");
        ModelAdapter adapter = AdaptedModels.Trained(model, new AdapterConfig { Rank = 1, Alpha = 1, Targets = "c_attn, mlp.c_proj" });
        Tensor[] parameters = [.. adapter.NamedParameters().Where(parameter => parameter.Name.Contains("layers.1", StringComparison.Ordinal)).Select(parameter => parameter.Tensor)];
        GradientCheck.Run(_ => ((CausalLanguageModel)model.Model).Loss(new[] { 5, 9, 4, 7, 3 }, Segments.FromLengths(3, 2)), parameters);
    }

    private static float Step(PretrainedModel model, Adam optimizer, ulong step)
    {
        using Tape tape = Tape.Begin();
        Tensor loss = ((CausalLanguageModel)model.Model).Loss(new[] { 5, 9, 4, 7, 3, 11, 12 }, Segments.FromLengths(4, 3), new DropoutSource(3, step));
        optimizer.ClearGradients();
        tape.Backward(loss);
        optimizer.Step();
        return loss.Item();
    }
}
