using System.CommandLine;
using Heed.Cli.Terminal;
using Heed.Models;
using Heed.Models.Adapters;
using Heed.Models.Causal;
using Heed.Models.Chat;
using Heed.Models.Formats;
using Heed.Models.Formats.Gguf;
using Heed.Models.Marian;
using Heed.Models.Pretrained;
using Heed.Models.Seq2Seq;
using Heed.Text.Tokenizers;

namespace Heed.Cli.Commands;

/// <summary><c>heed convert</c>: the same model in another format or width.</summary>
internal static class ConvertCommand
{
    private const string GgufExtension = ".gguf";

    public static Command Create()
    {
        var source = new Argument<string>("SOURCE") { Description = "A model folder of Heed or Hugging Face, a .gguf file, or a .bin file of llama2.c." };
        var target = new Argument<string>("TARGET") { Description = "A new folder in Hugging Face's layout, or a file that ends in .gguf." };
        var dataType = new Option<string>("--dtype") { Description = "How weights are stored: f32, f16 or bf16 in a folder; f32, f16, q8_0 or q4_0 in a .gguf file.", HelpName = "TYPE", DefaultValueFactory = _ => "f32" };
        var shard = NumberOption.Optional("--max-shard-mb", "The most megabytes of weights in one file of a folder; one file when omitted.", 1);
        Option<string?> adapter = CommonOptions.Adapter();
        var command = new Command("convert", "Convert a model: safetensors from and to GGUF, other widths, shards; a Transformer of heed train becomes a MarianMTModel.") { source, target, dataType, shard, adapter };
        command.SetAction(parsed =>
        {
            string from = parsed.GetValue(source)!, to = parsed.GetValue(target)!, type = parsed.GetValue(dataType)!;
            if (Path.Exists(to))
            {
                throw new UsageException($"{to} exists; name a new file or folder");
            }

            if (to.EndsWith(GgufExtension, StringComparison.OrdinalIgnoreCase))
            {
                GgufTensorType stored = GgufType(type); // before the work
                var model = PretrainedModel.Load(from, parsed.GetValue(adapter));
                model.SaveGguf(to, stored, Directory.Exists(from) ? Vocabulary(from, model) : null);
            }
            else
            {
                ToFolder(from, parsed.GetValue(adapter), to, FolderType(type), parsed.GetValue(shard) * 1_000_000L ?? long.MaxValue);
            }

            Console.Error.WriteLine($"{from} -> {to} ({type})");
            return 0;
        });
        return command;
    }

    private static void ToFolder(string from, string? adapter, string to, SafetensorsDataType type, long maxShardBytes)
    {
        if (Directory.Exists(from) && !PretrainedModel.IsKnown(from))
        {
            Seq2SeqModel model = ModelFolder.Load(from).Model;
            if (adapter is not null)
            {
                ModelAdapter.Load(adapter, model).Merge(keepOriginal: false);
            }

            MarianExport.Save(model as TransformerModel ?? throw new UsageException($"{from} holds a {model.GetType().Name}; only a Transformer has a counterpart, MarianMTModel, in Hugging Face's library"), to, type);
        }
        else
        {
            var model = PretrainedModel.Load(from, adapter);
            model.Save(to, type, maxShardBytes);
            model.EmbeddedTokenizer()?.Save(to);
        }

        foreach (string file in Directory.Exists(from) ? Directory.GetFiles(from).Where(file => TokenizerFiles.Contains(Path.GetFileName(file))) : [])
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    // A file without a tokenizer is still of use, so what cannot be written is said and left out.
    private static GgufVocabulary? Vocabulary(string folder, PretrainedModel model)
    {
        try
        {
            string sentencePiece = Path.Combine(folder, "tokenizer.model");
            var tokenizer = Tokenizer.Load(File.Exists(sentencePiece) ? sentencePiece : folder);
            return GgufVocabulary.Of(tokenizer, model.Model is CausalLanguageModel causal ? causal.VocabSize : 0) with { ChatTemplate = ChatTemplate.Find(folder)?.Text };
        }
        catch (Exception problem) when (problem is FileNotFoundException or ArgumentException)
        {
            Console.Error.WriteLine($"no tokenizer goes into the file: {problem.Message}");
            return null;
        }
    }

    private static SafetensorsDataType FolderType(string name) => name switch
    {
        "f32" => SafetensorsDataType.Float32,
        "f16" => SafetensorsDataType.Float16,
        "bf16" => SafetensorsDataType.BFloat16,
        _ => throw new UsageException($"--dtype {name} cannot be stored in a folder; use f32, f16 or bf16, or name a TARGET that ends in {GgufExtension}"),
    };

    private static GgufTensorType GgufType(string name) => name switch
    {
        "f32" => GgufTensorType.F32,
        "f16" => GgufTensorType.F16,
        "q8_0" => GgufTensorType.Q8Zero,
        "q4_0" => GgufTensorType.Q4Zero,
        _ => throw new UsageException($"--dtype {name} cannot be written to a {GgufExtension} file; use f32, f16, q8_0 or q4_0"),
    };
}
