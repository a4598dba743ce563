using System.Text.Json.Nodes;
using Heed.Models.Adapters;
using Heed.Models.Configuration;
using Heed.Models.Formats;
using Heed.Models.Pretrained;
using Heed.Models.Seq2Seq;
using Heed.Models.Tests.Seq2Seq;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Models.Tests.Adapters;

public sealed class AdapterFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Folders => AdaptedModels.Folders;

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_saved_adapter_loads_with_the_same_outputs(string name)
    {
        PretrainedModel model = AdaptedModels.Load(name);
        AdaptedModels.Trained(model, new AdapterConfig { Rank = 3, Alpha = 5, RankStabilized = true }).Save(folder.Path, name);
        PretrainedModel again = AdaptedModels.Load(name);
        Assert.Equal(3, ModelAdapter.Load(folder.Path, again).Config.Rank);
        TensorAssert.SameBits(AdaptedModels.Output(model.Model), AdaptedModels.Output(again.Model), name);
        float[] merged = AdaptedModels.Output(PretrainedModel.Load(SharedFolder.PathOrSkip($"golden/hf/{name}"), folder.Path).Model);
        TensorAssert.Close(AdaptedModels.Output(model.Model), merged, 1e-5, "merged", floor: 1);
    }

    [Fact]
    public void An_adapter_of_an_own_model_loads_too()
    {
        Seq2SeqModel model = SmallModels.Create("transformer, pre-norm");
        AdaptedModels.Disturb(ModelAdapter.Create(model, new AdapterConfig { Rank = 2 }, new SeededRandom(1)), 4).Save(folder.Path);
        Seq2SeqModel again = SmallModels.Create("transformer, pre-norm");
        ModelAdapter.Load(folder.Path, again);
        TensorAssert.SameBits(AdaptedModels.Output(model), AdaptedModels.Output(again), "the logits");
    }

    [Fact]
    public void Names_and_shapes_are_those_of_PEFT()
    {
        AdaptedModels.Trained(AdaptedModels.Load("gpt2"), new AdapterConfig { Rank = 3, Targets = "c_attn" }).Save(folder.Path, "gpt2");
        using SafetensorsFile file = SafetensorsFile.Open(folder.File("adapter_model.safetensors"));
        Assert.Equal(
            ["base_model.model.transformer.h.0.attn.c_attn.lora_A.weight F32 [3, 32]", "base_model.model.transformer.h.0.attn.c_attn.lora_B.weight F32 [96, 3]"],
            file.Entries.Take(2).Select(entry => $"{entry.Name} {entry}"));
        JsonNode config = JsonNode.Parse(File.ReadAllText(folder.File("adapter_config.json")))!;
        Assert.Equal("LORA", (string?)config["peft_type"]);
        Assert.Equal("CAUSAL_LM", (string?)config["task_type"]);
        Assert.Equal(3, (int?)config["r"]);
        Assert.Equal(16, (double?)config["lora_alpha"]);
        Assert.True((bool?)config["fan_in_fan_out"]);
        Assert.Equal("gpt2", (string?)config["base_model_name_or_path"]);
        Assert.Equal("""["c_attn"]""", config["target_modules"]!.ToJsonString());
    }

    [Fact]
    public void Targets_are_written_in_full_where_their_last_part_means_other_layers_too()
    {
        AdaptedModels.Trained(AdaptedModels.Load("bert-mlm"), new AdapterConfig { Targets = "fc1" }).Save(folder.Path);
        string targets = JsonNode.Parse(File.ReadAllText(folder.File("adapter_config.json")))!["target_modules"]!.ToJsonString();
        Assert.StartsWith("""["bert.encoder.layer.0.intermediate.dense",""", targets, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_a_joined_layer_is_saved_with_zeros_for_the_others()
    {
        PretrainedModel model = AdaptedModels.Load("gpt2");
        AdaptedModels.Trained(model, new AdapterConfig { Rank = 2, Targets = "k_proj" }).Save(folder.Path);
        using (SafetensorsFile file = SafetensorsFile.Open(folder.File("adapter_model.safetensors")))
        {
            float[] up = file.ReadFloat32("base_model.model.transformer.h.0.attn.c_attn.lora_B.weight");
            Assert.All(up[..64].Concat(up[128..]), value => Assert.Equal(0f, value));
            Assert.All(up[64..128], value => Assert.NotEqual(0f, value));
        }

        PretrainedModel again = AdaptedModels.Load("gpt2");
        ModelAdapter.Load(folder.Path, again);
        TensorAssert.Close(AdaptedModels.Output(model.Model), AdaptedModels.Output(again.Model), 1e-6, "the logits");
    }

    [Theory]
    [InlineData("llama-gqa", "gpt2", "the adapter is for another model: it changes \"model.layers.0.mlp.down_proj\"")]
    [InlineData("llama", "llama-gqa", "k_proj.lora_B.weight\" is F32 [48, 3] and must be [")]
    [InlineData("bert-mlm", "t5-v1.1", "the adapter is for another model")]
    public void An_adapter_of_another_model_is_refused(string from, string to, string expected)
    {
        AdaptedModels.Trained(AdaptedModels.Load(from)).Save(folder.Path);
        PretrainedModel other = AdaptedModels.Load(to);
        float[] before = AdaptedModels.Output(other.Model);
        Assert.Contains(expected, Assert.Throws<ModelFileException>(() => ModelAdapter.Load(folder.Path, other)).Message, StringComparison.Ordinal);
        TensorAssert.SameBits(before, AdaptedModels.Output(other.Model), "the model that refused");
    }

    [Theory]
    [InlineData("peft_type", "\"IA3\"", "\"peft_type\" must be one of LORA, not \"IA3\"")]
    [InlineData("use_dora", "true", "\"use_dora\" is true, which is not supported")]
    [InlineData("bias", "\"all\"", "\"bias\" must be one of none")]
    [InlineData("rank_pattern", """{"q_proj":4}""", "\"rank_pattern\" is a section, which is not supported")]
    [InlineData("modules_to_save", """["lm_head"]""", "\"modules_to_save\" is a list, which is not supported")]
    [InlineData("r", "0", "rank is 0; it must be from 1 to 65536")]
    [InlineData("r", "1000000000", "rank is 1000000000")]
    [InlineData("r", "4", "is F32 [3, 48] and must be [4, 48]")]
    [InlineData("lora_dropout", "1", "a probability lies in [0, 1)")]
    [InlineData("lora_alpha", "null", "\"lora_alpha\" is missing")]
    public void What_a_configuration_may_not_say_is_named(string key, string value, string expected)
    {
        AdaptedModels.Trained(AdaptedModels.Load("llama-gqa")).Save(folder.Path);
        JsonObject config = JsonNode.Parse(File.ReadAllText(folder.File("adapter_config.json")))!.AsObject();
        config[key] = JsonNode.Parse(value);
        folder.File("adapter_config.json", config.ToJsonString());
        Exception? error = Record.Exception(() => ModelAdapter.Load(folder.Path, AdaptedModels.Load("llama-gqa")));
        Assert.True(error is ConfigException or ModelFileException, error?.ToString());
        Assert.Contains(expected, error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_files_are_named()
    {
        PretrainedModel model = AdaptedModels.Load("llama-gqa");
        Assert.Contains("there is no adapter_config.json", Assert.Throws<ModelFileException>(() => ModelAdapter.Load(folder.Path, model)).Message, StringComparison.Ordinal);
        AdaptedModels.Trained(AdaptedModels.Load("llama-gqa")).Save(folder.Path);
        File.Delete(folder.File("adapter_model.safetensors"));
        Assert.Contains("there is no adapter_model.safetensors", Assert.Throws<ModelFileException>(() => ModelAdapter.Load(folder.Path, model)).Message, StringComparison.Ordinal);
    }
}
