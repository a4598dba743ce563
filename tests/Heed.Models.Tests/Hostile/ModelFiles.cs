using System.Text.Json;
using Heed.Models.Adapters;
using Heed.Models.Causal;
using Heed.Models.Chat;
using Heed.Models.Configuration;
using Heed.Models.Embeddings;
using Heed.Models.Formats;
using Heed.Models.Formats.Gguf;
using Heed.Models.Formats.Llama2C;
using Heed.Models.Llama;
using Heed.Models.Pretrained;
using Heed.Models.Seq2Seq;
using Heed.Models.Tests.Configuration;
using Heed.Models.Tests.Formats.Llama2C;
using Heed.Models.Tests.Seq2Seq;
using Heed.Nn;
using Heed.Nn.Positions;
using Heed.Tensors.Random;
using Heed.Testing;
using Heed.Testing.Hostile;
using Heed.Text.Templates;

namespace Heed.Models.Tests.Hostile;

/// <summary>Every kind of file that this project reads: a small good one, and its reader, which then uses all that it read.</summary>
internal static class ModelFiles
{
    private const string Jinja = "{%- for message in messages %}{% if message['role'] == 'user' %}<u>{{ message['content'] | trim }}{% elif not loop.last %}{{ message.content + eos_token }}{% endif %}{% endfor %}{% set x = namespace(n=1) %}{% if add_generation_prompt %}<a>{{ x.n * 2 }}{% endif %}";

    private static readonly Type[] Refusals = [typeof(ModelFileException), typeof(ConfigException)];

    private static readonly Dictionary<string, Func<TemporaryFolder, HostileFile>> Binary = new()
    {
        ["safetensors"] = Safetensors,
        ["prompt cache"] = PromptCacheFile,
        ["weights of an adapter"] = folder => Adapter(folder, "adapter_model.safetensors"),
        ["gguf"] = Gguf,
        ["gguf of a llama"] = LlamaGguf,
        ["tokenizer in a gguf"] = GgufWithTokenizer,
        ["llama2.c, version 0"] = folder => Llama2C(folder, version: 0),
        ["llama2.c, version 1"] = folder => Llama2C(folder, version: 1),
    };

    private static readonly Dictionary<string, Func<TemporaryFolder, HostileFile>> Text = new()
    {
        ["chat_template.jinja"] = folder => Chat(folder, "chat_template.jinja", Jinja),
        ["tokenizer_config.json with a chat template"] = folder => Chat(folder, "tokenizer_config.json", $$"""{"chat_template": [{"name": "default", "template": {{JsonSerializer.Serialize(Jinja)}}}, {"name": "tools", "template": ""}]}"""),
        ["pooling of a sentence model"] = folder => Sentences(folder, "1_Pooling/config.json", """{"word_embedding_dimension": 8, "pooling_mode_cls_token": false, "pooling_mode_mean_tokens": true}"""),
        ["modules of a sentence model"] = folder => Sentences(folder, "modules.json", """[{"idx": 0, "path": "", "type": "sentence_transformers.models.Transformer"}, {"idx": 1, "type": "sentence_transformers.models.Normalize"}]"""),
        ["index of shards"] = Shards,
        ["yaml"] = folder => Config(folder, "config.yaml"),
        ["json"] = folder => Config(folder, "config.json"),
        ["config.json of our transformer"] = folder => Own(folder, "transformer, pre-norm", "config.json"),
        ["config.json of our recurrent model"] = folder => Own(folder, "gru, bahdanau", "config.json"),
        ["config.json of our convolutional model"] = folder => Own(folder, "convolutional", "config.json"),
        ["generation_config.json of our model"] = folder => Own(folder, "rnn", "generation_config.json"),
        ["tokenizer.json of our model"] = folder => Own(folder, "rnn", "tokenizer.json"),
        ["configuration of an adapter"] = folder => Adapter(folder, "adapter_config.json"),
        ["config.json of a llama"] = LlamaConfig,
        ["generation_config.json of a llama"] = folder => Published(folder, "llama", "generation_config.json"),
        ["config.json of bart"] = folder => Published(folder, "bart"),
        ["config.json of bert"] = folder => Published(folder, "bert-mlm"),
        ["config.json of distilbert"] = folder => Published(folder, "distilbert-cls"),
        ["config.json of gpt2"] = folder => Published(folder, "gpt2"),
        ["config.json of marian"] = folder => Published(folder, "marian"),
        ["config.json of mistral"] = folder => Published(folder, "mistral"),
        ["config.json of qwen2"] = folder => Published(folder, "qwen2"),
        ["config.json of roberta"] = folder => Published(folder, "roberta-mlm"),
        ["config.json of t5"] = folder => Published(folder, "t5-v1.1"),
    };

    /// <summary>Formats that say how long they are.</summary>
    public static TheoryData<string> BinaryNames => [.. Binary.Keys];

    /// <summary>Formats of text.</summary>
    public static TheoryData<string> TextNames => [.. Text.Keys];

    /// <summary>All.</summary>
    public static TheoryData<string> Names => [.. Binary.Keys, .. Text.Keys];

    /// <summary>Writes a good file into a folder.</summary>
    public static HostileFile Create(string name, TemporaryFolder folder) => (Binary.GetValueOrDefault(name) ?? Text[name])(folder);

    private static HostileFile Safetensors(TemporaryFolder folder)
    {
        string path = folder.File("model.safetensors");
        var writer = new SafetensorsWriter();
        writer.Metadata["format"] = "pt";
        writer.Add("a.weight", [2, 3], new float[6]);
        writer.Add("b", [2], new float[2], SafetensorsDataType.BFloat16);
        writer.Save(path);
        return new HostileFile(path, () => ReadEverything(path), Refusals);
    }

    private static HostileFile PromptCacheFile(TemporaryFolder folder)
    {
        string path = folder.File("prefix.safetensors");
        SmallLlama().ReadPrefix(new[] { 1, 2 }).Save(path);
        return new HostileFile(path, () => PromptCache.Load(path).Trim(1), Refusals) { Head = 600 };
    }

    private static HostileFile Gguf(TemporaryFolder folder)
    {
        string path = folder.File("model.gguf");
        var writer = new GgufWriter();
        writer.Add("general.architecture", GgufValue.Of("llama"));
        writer.Add("tokens", GgufValue.Of(new[] { "<s>", "", "ü" }));
        writer.Add("scores", GgufValue.Of(new[] { 0.5f, -1 }));
        writer.Add("count", GgufValue.Of(7u));
        foreach ((string name, GgufTensorType type) in new[] { ("a", GgufTensorType.F16), ("b", GgufTensorType.Q8Zero), ("c", GgufTensorType.Q4Zero), ("d", GgufTensorType.F32) })
        {
            writer.Add(name, type, [1, 32], () => new float[32]);
        }

        writer.Save(path);
        return new HostileFile(path, () => ReadEverything(path), Refusals);
    }

    private static HostileFile LlamaGguf(TemporaryFolder folder)
    {
        string path = folder.File("llama.gguf");
        Pretrained().SaveGguf(path);
        return new HostileFile(path, () => PretrainedModel.Load(path), Refusals) { Head = 1000, MaxCuts = 1000 };
    }

    private static HostileFile GgufWithTokenizer(TemporaryFolder folder)
    {
        string path = folder.File("tokenizer.gguf");
        var writer = new GgufWriter();
        writer.Add("general.architecture", GgufValue.Of("llama"));
        writer.Add("tokenizer.ggml.model", GgufValue.Of("llama"));
        writer.Add("tokenizer.ggml.tokens", GgufValue.Of(new[] { "<unk>", "<s>", "</s>", "▁", "a", "b", "ab", "▁ab" }));
        writer.Add("tokenizer.ggml.scores", GgufValue.Of(new[] { 0f, 0, 0, -3, -3, -3, -1, -2 }));
        writer.Add("tokenizer.ggml.token_type", GgufValue.Of(new[] { 2, 3, 3, 1, 1, 1, 1, 1 }));
        writer.Add("tokenizer.ggml.bos_token_id", GgufValue.Of(1u));
        writer.Add("tokenizer.ggml.eos_token_id", GgufValue.Of(2u));
        writer.Add("a", GgufTensorType.F32, [1, 32], () => new float[32]); // so that it ends where it must
        writer.Save(path);
        return new HostileFile(path, () => PretrainedTokenizer.Load(path).Encode("ab ba"), [.. Refusals, typeof(InvalidDataException)]);
    }

    private static HostileFile Chat(TemporaryFolder folder, string name, string content)
    {
        string path = folder.File(name, content);
        ChatTurn[] turns = [new(ChatTurn.User, "a"), new(ChatTurn.Assistant, "b"), new(ChatTurn.User, "c")];
        return new HostileFile(path, () => ChatTemplate.Find(folder.Path)?.Render(turns, TinyTranslator.Tokenizer), [.. Refusals, typeof(TemplateException)]) { IsOptional = true, MostAllocated = 200_000_000 }; // a program, which TemplateLimits bound
    }

    private static HostileFile Sentences(TemporaryFolder folder, string name, string content)
    {
        Directory.CreateDirectory(folder.File("1_Pooling"));
        return new HostileFile(folder.File(name, content), () => SentenceModelFiles.Read(folder.Path), Refusals) { IsOptional = true };
    }

    private static HostileFile Llama2C(TemporaryFolder folder, int version)
    {
        string path = folder.File("model.bin", Llama2CBytes.Numbered(version, shared: true));
        return new HostileFile(path, () => ReadEverything(path), Refusals) { Head = version == 0 ? 28 : 48 };
    }

    private static HostileFile Shards(TemporaryFolder folder)
    {
        foreach (string name in new[] { "one", "two" })
        {
            var writer = new SafetensorsWriter();
            writer.Add(name, [1], new[] { 1f });
            writer.Save(folder.File(name + ".safetensors"));
        }

        string path = folder.File("model.safetensors.index.json", """{"metadata":{"total_size":8},"weight_map":{"one":"one.safetensors","two":"two.safetensors"}}""");
        return new HostileFile(path, () => ReadEverything(path), Refusals);
    }

    private static HostileFile Config(TemporaryFolder folder, string name)
    {
        var sample = new SampleConfig { Model = new SampleModel { DModel = 8, Name = "small" }, Training = new SampleTraining { Stages = [new SampleStage("train.tsv")] } };
        string path = folder.File(name);
        ConfigFile.Save(path, sample, SampleConfigContext.Default.SampleConfig);
        return new HostileFile(path, () => ConfigFile.Load(path, SampleConfigContext.Default.SampleConfig), Refusals);
    }

    private static HostileFile Own(TemporaryFolder folder, string model, string file)
    {
        Seq2SeqConfig config = SmallModels.Config(model) with { VocabSize = TinyTranslator.Tokenizer.VocabSize, MaxLength = 40 };
        string saved = folder.File("model");
        ModelFolder.Save(saved, config.CreateModel(new SeededRandom(3)), TinyTranslator.Tokenizer, TinyTranslator.Options, new ModelCard { Name = "tiny" });
        return new HostileFile(Path.Combine(saved, file), () => ModelFolder.Load(saved), Refusals) { Rounds = 300, MaxCuts = 400, IsOptional = file.StartsWith("generation", StringComparison.Ordinal) };
    }

    private static HostileFile Adapter(TemporaryFolder folder, string file)
    {
        PretrainedModel model = Pretrained();
        ModelAdapter adapter = ModelAdapter.Create(model, new AdapterConfig { Rank = 1, Targets = "q_proj" }, new SeededRandom(2));
        adapter.Save(folder.Path);
        adapter.Detach();
        return new HostileFile(folder.File(file), () => Attach(folder.Path, model), Refusals);
    }

    // A model has one adapter at a time.
    private static void Attach(string folder, PretrainedModel model)
    {
        foreach (Linear linear in model.Model.NamedModules().Select(part => part.Module).OfType<Linear>())
        {
            linear.Adapter?.Detach();
        }

        ModelAdapter.Load(folder, model).Detach();
    }

    private static HostileFile LlamaConfig(TemporaryFolder folder)
    {
        Pretrained().Save(folder.Path);
        return new HostileFile(folder.File("config.json"), () => Use(PretrainedModel.Load(folder.Path)), Refusals);
    }

    private static HostileFile Published(TemporaryFolder folder, string family, string file = "config.json")
    {
        string golden = SharedFolder.PathOrSkip($"golden/hf/{family}");
        foreach (string source in Directory.EnumerateFiles(golden, "*config.json").Append(Path.Combine(golden, "model.safetensors")))
        {
            File.Copy(source, folder.File(Path.GetFileName(source)));
        }

        return new HostileFile(folder.File(file), () => Use(PretrainedModel.Load(folder.Path)), Refusals) { Rounds = 200, MaxCuts = 300, IsOptional = file.StartsWith("generation", StringComparison.Ordinal) };
    }

    private static void Use(PretrainedModel model)
    {
        if (model.Model is DecoderOnlyModel)
        {
            model.GenerationOptions();
        }
        else if (model.Model is EncoderDecoderModel)
        {
            model.GenerationTokens();
        }
    }

    private static void ReadEverything(string path)
    {
        using ICheckpoint checkpoint = CheckpointFile.Open(path);
        foreach (CheckpointTensor tensor in checkpoint.Tensors)
        {
            checkpoint.ReadFloat32(tensor.Name);
        }
    }

    private static PretrainedModel Pretrained()
    {
        DecoderOnlyModel model = SmallLlama();
        return new PretrainedModel("llama", model, LlamaConfigFile.Write(model.Config, "llama", new LlamaTokenIds(1, 2, null)), generation: null);
    }

    private static DecoderOnlyModel SmallLlama() => new(
        new DecoderOnlyConfig { VocabSize = 12, DModel = 8, NumLayers = 1, NumHeads = 2, NumKeyHeads = 1, DFeedForward = 12, Rotary = new RotaryPositions(), MaxLength = 20 },
        new SeededRandom(3));
}
