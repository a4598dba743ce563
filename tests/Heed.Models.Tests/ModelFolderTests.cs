using System.Text;
using System.Text.Json.Nodes;
using Heed.Models.Configuration;
using Heed.Models.Decoding;
using Heed.Models.Formats;
using Heed.Models.Seq2Seq;
using Heed.Models.Tests.Seq2Seq;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Testing;
using Heed.Text.Metrics;
using Heed.Text.Metrics.Bleu;

namespace Heed.Models.Tests;

public sealed class ModelFolderTests : IDisposable
{
    private static readonly ModelCard Card = new() { Name = "tiny" };

    private readonly TemporaryFolder temporary = new();

    private string Folder => temporary.File("model");

    public void Dispose() => temporary.Dispose();

    private string PathOf(string name) => Path.Combine(Folder, name);

    private void Save(ulong seed = 8, DecodingOptions? options = null) =>
        ModelFolder.Save(Folder, TinyTranslator.CreateModel(seed), TinyTranslator.Tokenizer, options ?? TinyTranslator.Options, Card);

    private void Change(string name, Action<JsonObject> change)
    {
        JsonObject json = JsonNode.Parse(File.ReadAllText(PathOf(name)))!.AsObject();
        change(json);
        File.WriteAllText(PathOf(name), json.ToJsonString());
    }

    [Theory]
    [InlineData(NormPlacement.PreNorm, Activation.Gelu, false)]
    [InlineData(NormPlacement.PostNorm, Activation.Relu, true)]
    public void A_model_that_was_saved_and_loaded_gives_the_same_bits(NormPlacement norms, Activation activation, bool shares)
    {
        var config = TinyTranslator.Config with { NormPlacement = norms, Activation = activation, ShareEmbeddings = shares, TieOutput = shares, ScaleEmbeddings = shares, Dropout = 0.3f, AttentionDropout = 0.1f, ActivationDropout = 0.2f };
        var model = new TransformerModel(config, new SeededRandom(5));
        var options = new DecodingOptions { BeamSize = 3, NBest = 2, LengthPenalty = 0.7, MaxLength = 33, MinLength = 2, MaxLengthFactor = 1.5, MaxLengthOffset = 4, EarlyStopping = EarlyStopping.WhenImpossible };
        ModelFolder.Save(Folder, model, TinyTranslator.Tokenizer, options, Card);

        LoadedModel loaded = ModelFolder.Load(Folder);
        Assert.Equal(Path.GetFileName(temporary.Path), loaded.Name); // as that of a run which keeps its model in RUN/model
        Assert.Equal(config, ((TransformerModel)loaded.Model).Config);
        Assert.Equal(options, loaded.Decoding);
        foreach (var (expected, actual) in model.NamedParameters().Zip(loaded.Model.NamedParameters()))
        {
            Assert.Equal(expected.Name, actual.Name);
            Assert.True(expected.Tensor.Values.SequenceEqual(actual.Tensor.Values), expected.Name);
        }

        var before = new Translator(new LoadedModel("model", model, TinyTranslator.Tokenizer, options));
        var after = Translator.Load(Folder);
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal(
            before.Translate(TinyTranslator.Sentences, null, null, cancellation).Select(TinyTranslator.Describe),
            after.Translate(TinyTranslator.Sentences, null, null, cancellation).Select(TinyTranslator.Describe));
    }

    [Theory]
    [MemberData(nameof(SmallModels.Names), MemberType = typeof(SmallModels))]
    public void Every_model_comes_back_from_its_folder(string name)
    {
        Seq2SeqConfig config = SmallModels.Config(name) with { VocabSize = TinyTranslator.Tokenizer.VocabSize, MaxLength = 40 };
        Seq2SeqModel model = config.CreateModel(new SeededRandom(3));
        ModelFolder.Save(Folder, model, TinyTranslator.Tokenizer, TinyTranslator.Options, Card);
        LoadedModel loaded = ModelFolder.Load(Folder);
        Assert.Equal(config, loaded.Model.Config);
        TokenBatch batch = SmallTransformer.Pack(model, [[3, 4]], [[5, 6]]);
        TensorAssert.SameBits(model.Logits(batch).Values, loaded.Model.Logits(batch).Values, name);
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes_and_shared_weights_are_stored_once()
    {
        Save();
        var first = Directory.GetFiles(Folder).Order().ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes);
        Save();
        Assert.Equal(["README.md", "config.json", "generation_config.json", "model.safetensors", "tokenizer.json"], first.Keys.Order(StringComparer.Ordinal));
        Assert.All(first, f => Assert.Equal(f.Value, File.ReadAllBytes(PathOf(f.Key))));

        using var weights = SafetensorsFile.Open(PathOf("model.safetensors"));
        Assert.Equal(TinyTranslator.CreateModel(8).ParameterCount, weights.Entries.Sum(e => e.ElementCount));
        Assert.Single(weights.Entries, e => e.Shape[0] == TinyTranslator.Tokenizer.VocabSize);
    }

    [Fact]
    public void Configurations_have_the_names_that_Hugging_Face_users_know()
    {
        Save();
        JsonNode config = JsonNode.Parse(File.ReadAllText(PathOf("config.json")))!;
        Assert.Equal("heed_transformer", (string?)config["model_type"]);
        Assert.Equal("TransformerModel", (string?)config["architectures"]![0]);
        Assert.Equal(
            [32, 2, 2, 4, 4, 48, 48, 0, 1, 2, 1],
            new[] { "d_model", "encoder_layers", "decoder_layers", "encoder_attention_heads", "decoder_attention_heads", "encoder_ffn_dim", "decoder_ffn_dim", "pad_token_id", "bos_token_id", "eos_token_id", "decoder_start_token_id" }
                .Select(key => (int)config[key]!));

        JsonNode generation = JsonNode.Parse(File.ReadAllText(PathOf("generation_config.json")))!;
        Assert.Equal((5, 1.0, false, 1, 513), ((int)generation["num_beams"]!, (double)generation["length_penalty"]!, (bool)generation["early_stopping"]!, (int)generation["num_return_sequences"]!, (int)generation["max_length"]!));
    }

    [Fact]
    public void A_generation_config_of_Hugging_Face_is_understood()
    {
        Save();
        File.WriteAllText(PathOf("generation_config.json"), """
            { "_from_model_config": true, "num_beams": 6, "max_length": 40, "early_stopping": true, "eos_token_id": 2, "transformers_version": "4.44.0" }
            """);
        Assert.Equal(
            new DecodingOptions { BeamSize = 6, MaxLength = 39, MaxLengthFactor = 0, MaxLengthOffset = 39, EarlyStopping = EarlyStopping.WhenFull },
            ModelFolder.Load(Folder).Decoding);

        File.Delete(PathOf("generation_config.json"));
        Assert.Equal(new DecodingOptions(), ModelFolder.Load(Folder).Decoding);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("model.safetensors")]
    [InlineData("tokenizer.json")]
    public void A_missing_file_is_named(string name)
    {
        Save();
        File.Delete(PathOf(name));
        var error = Assert.Throws<ModelFileException>(() => ModelFolder.Load(Folder));
        Assert.StartsWith($"{Folder}: there is no {name}; a model folder holds config.json, model.safetensors and tokenizer.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        Assert.Equal($"there is no model folder {Folder}", Assert.Throws<DirectoryNotFoundException>(() => ModelFolder.Load(Folder)).Message);
        Save();
        Directory.Move(Folder, Folder + ".previous"); // as a crash between the two renames leaves it
        Assert.EndsWith($"The old model is whole in {Folder}.previous; rename it", Assert.Throws<DirectoryNotFoundException>(() => ModelFolder.Load(Folder)).Message, StringComparison.Ordinal);
        string file = temporary.File("file", []);
        Assert.StartsWith($"{file} is a file", Assert.Throws<DirectoryNotFoundException>(() => ModelFolder.Load(file)).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, JsonNode?, string> WrongConfigs => new()
    {
        { "model_type", "bert", " line 1: \"model_type\" \"bert\" is not known; the known ones are heed_transformer" },
        { "model_type", 5, " line 1: \"model_type\" \"5\" is not known; the known ones are heed_transformer" },
        { "d_modle", 32, " line 1: unknown key \"d_modle\"; did you mean \"d_model\"?" },
        { "d_model", "wide", " line 1: \"d_model\" must be a whole number" },
        { "d_model", 30, ": dModel 30 is not divisible by numHeads 4" },
        { "decoder_attention_heads", 2, ": \"decoder_attention_heads\" is 2, but heed_transformer supports only 4 here" },
        { "is_encoder_decoder", false, ": \"is_encoder_decoder\" is False, but heed_transformer supports only True here" },
        { "activation_function", "maxout", ": \"activation_function\" must be one of relu, gelu, gelu_new, silu, swish, tanh, sigmoid, gelu_pytorch_tanh, gelu_fast, not \"maxout\"" },
        { "norm_placement", "sandwich", ": \"norm_placement\" must be one of post, pre, not \"sandwich\"" },
        { "eos_token_id", 1_000_000, ": eosId 1000000 is outside the vocabulary of " },
        { "encoder_layers", 2_000_000_000, " describes a model of more than " },
        { "vocab_size", 60_000_000, " describes a model of more than " },
        { "encoder_ffn_dim", -1, ": \"decoder_ffn_dim\" is 48, but" },
        { "dropout", 1.5, ": dropout is 1.5; a probability lies in [0, 1)" },
    };

    [Theory]
    [MemberData(nameof(WrongConfigs))]
    public void A_wrong_configuration_is_refused_in_words(string key, JsonNode? value, string expected)
    {
        Save();
        Change("config.json", json => json[key] = value?.DeepClone());
        var error = Assert.Throws<ConfigException>(() => ModelFolder.Load(Folder));
        Assert.StartsWith(PathOf("config.json") + expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_without_a_key_is_refused()
    {
        Save();
        Change("config.json", json => json.Remove("d_model"));
        Assert.Contains("\"d_model\" is missing", Assert.Throws<ConfigException>(() => ModelFolder.Load(Folder)).Message, StringComparison.Ordinal);
        Change("config.json", json => json.Remove("model_type"));
        Assert.Contains("\"model_type\" is missing; it says what kind of model this is, one of heed_transformer", Assert.Throws<ConfigException>(() => ModelFolder.Load(Folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("num_beams", 0, ": beamSize 0 is out of range")]
    [InlineData("num_return_sequences", 9, ": nBest 9 is out of range")]
    [InlineData("early_stopping", 5, ": \"early_stopping\" must be true, false or \"never\", not 5")]
    [InlineData("eos_token_id", 7, ": \"eos_token_id\" is 7, but 2 in config.json; the two files belong to different models")]
    [InlineData("encoder_no_repeat_ngram_size", 3, " line 1: unknown key \"encoder_no_repeat_ngram_size\"")]
    public void A_wrong_generation_config_is_refused_in_words(string key, int value, string expected)
    {
        Save();
        Change("generation_config.json", json => json[key] = value);
        var error = Assert.Throws<ConfigException>(() => ModelFolder.Load(Folder));
        Assert.StartsWith(PathOf("generation_config.json") + expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_another_model_are_refused_with_the_tensor_and_both_shapes()
    {
        Save();
        Change("config.json", json => (json["encoder_ffn_dim"], json["decoder_ffn_dim"]) = (40, 40));
        var error = Assert.Throws<ModelFileException>(() => ModelFolder.Load(Folder));
        Assert.StartsWith(PathOf("model.safetensors") + ": the file does not fit TransformerModel: 'encoder.layers.0.fc1.weight' is [", error.Message, StringComparison.Ordinal);
        Assert.Contains("40", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("config.json and model.safetensors belong to different models", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void Weights_that_are_no_numbers_are_refused(float value, string shown)
    {
        TransformerModel model = TinyTranslator.CreateModel(8);
        model.TargetEmbedding.Weight.MutableValues()[77] = value;
        ModelFolder.Save(Folder, model, TinyTranslator.Tokenizer, TinyTranslator.Options, Card);
        var error = Assert.Throws<ModelFileException>(() => ModelFolder.Load(Folder));
        Assert.Contains($"tensor \"shared.weight\" holds {shown} at element 77", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tokenizer_of_another_model_is_refused()
    {
        Save();
        var other = Heed.Text.Tokenizers.TokenizerTrainer.Train(
            new Heed.Text.Tokenizers.TokenizerOptions { VocabSize = 300 }, TinyTranslator.Sentences, progress: null, TestContext.Current.CancellationToken);
        other.Save(Folder);
        var error = Assert.Throws<ModelFileException>(() => ModelFolder.Load(Folder));
        Assert.Equal($"{PathOf("tokenizer.json")}: the tokenizer has 300 tokens and the model {TinyTranslator.Tokenizer.VocabSize}; they do not belong together", error.Message);
        Assert.Throws<ArgumentException>(() => ModelFolder.Save(Folder, TinyTranslator.CreateModel(8), other, TinyTranslator.Options, Card));
    }

    [Fact]
    public void A_failed_save_leaves_the_old_model_and_nothing_else()
    {
        Save(seed: 1);
        byte[] old = File.ReadAllBytes(PathOf("model.safetensors"));
        // A lone surrogate cannot be written, and the card is written last.
        Assert.ThrowsAny<Exception>(() => ModelFolder.Save(Folder, TinyTranslator.CreateModel(2), TinyTranslator.Tokenizer, TinyTranslator.Options, Card with { Description = "\ud800" }));
        Assert.Equal(old, File.ReadAllBytes(PathOf("model.safetensors")));
        Assert.Equal([Folder], Directory.GetFileSystemEntries(temporary.Path));
        ModelFolder.Load(Folder);
    }

    [Fact]
    public void What_a_killed_save_left_behind_is_cleaned_up_by_the_next()
    {
        Save();
        Directory.CreateDirectory(Folder + ".partial");
        File.WriteAllText(Path.Combine(Folder + ".partial", "model.safetensors.partial"), "half");
        Directory.Move(Folder, Folder + ".previous");
        Save(seed: 2);
        Assert.Equal([Folder], Directory.GetFileSystemEntries(temporary.Path));
        ModelFolder.Load(Folder);
    }

    [Fact]
    public void A_folder_with_other_files_is_left_alone()
    {
        Save();
        File.WriteAllText(PathOf("notes.txt"), "mine");
        var error = Assert.Throws<IOException>(() => Save());
        Assert.Equal($"{Folder} holds notes.txt, which is no part of a model; saving there would delete it, choose another folder", error.Message);
        Assert.Equal("mine", File.ReadAllText(PathOf("notes.txt")));
        File.Delete(PathOf("notes.txt"));
        Directory.CreateDirectory(PathOf("config.json.partial"));
        Assert.Throws<IOException>(() => Save());
        Assert.Throws<IOException>(() => ModelFolder.Save(temporary.File("file", []), TinyTranslator.CreateModel(8), TinyTranslator.Tokenizer, TinyTranslator.Options, Card));
    }

    [Fact]
    public void The_card_says_what_the_model_is_and_how_good()
    {
        MetricScore score = new BleuMetric().Corpus(["the cat sees the dog ."], [["the cat sees a dog ."]]);
        var card = new ModelCard
        {
            Name = "Tiny | <b>",
            Description = "A test.",
            SourceLanguage = "de",
            TargetLanguage = "en",
            License = "mit",
            Data = [new("pairs.tsv", 12345, "made up")],
            Training = [new("updates", "100")],
            Scores = [new("test", score, "beam 5, length penalty 1")],
        };
        ModelFolder.Save(Folder, TinyTranslator.CreateModel(8), TinyTranslator.Tokenizer, TinyTranslator.Options, card);
        string text = File.ReadAllText(PathOf("README.md"), Encoding.UTF8);

        Assert.StartsWith("---\nlanguage:\n- \"de\"\n- \"en\"\nlicense: \"mit\"\nlibrary_name: heed\npipeline_tag: translation\n", text, StringComparison.Ordinal);
        foreach (string expected in (string[])["# Tiny | &lt;b>", "Translates de to en.", "| pairs.tsv | 12,345 | made up |", "| updates | 100 |", "| default search | beam 5, length penalty 1 |", $"`{score.Signature}`", "| type | heed_transformer |"])
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("\r", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n\n\n", text, StringComparison.Ordinal);
    }
}
