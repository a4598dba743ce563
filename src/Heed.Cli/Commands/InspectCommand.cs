using System.CommandLine;
using System.Globalization;
using Heed.Cli.Terminal;
using Heed.Models;
using Heed.Models.Formats;
using Heed.Models.Pretrained;

namespace Heed.Cli.Commands;

/// <summary><c>heed inspect</c>: what a model folder, a file of weights or a tokenizer holds.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "A model folder; a file of weights: .safetensors, .gguf, a .safetensors.index.json, or a .bin of llama2.c; or a tokenizer's folder or file." };
        var all = new Option<bool>("--tensors") { Description = "List every tensor with its shape, instead of a line for each part." };
        var command = new Command("inspect", "Show what a model folder, a file of weights or a tokenizer holds: architecture, sizes, tokenizer, settings, parameters by part and how they are stored.") { path, all };
        command.SetAction(parsed =>
        {
            string target = parsed.GetValue(path)!;
            if (TokenizerTable.IsTokenizer(target))
            {
                TokenizerTable.Write(Console.Out, target);
            }
            else if (Directory.Exists(target) || File.Exists(target))
            {
                Inspect(target, parsed.GetValue(all));
            }
            else
            {
                throw new UsageException($"there is no file or folder {target}");
            }

            return 0;
        });
        return command;
    }

    private static void Inspect(string target, bool all)
    {
        bool isFolder = Directory.Exists(target);
        if (isFolder && !PretrainedModel.IsKnown(target))
        {
            Folder(target);
            isFolder = false;
            target = Path.Combine(target, "model.safetensors");
        }

        using ICheckpoint checkpoint = CheckpointFile.Open(target);
        string[][] facts = [.. isFolder ? CheckpointFacts.OfFolder(target) : CheckpointFacts.OfFile(checkpoint)];
        if (facts.Length > 0 && !all)
        {
            Columns.Write(Console.Out, facts);
            Console.Out.WriteLine();
        }

        Tensors(checkpoint, all);
    }

    private static void Folder(string folder)
    {
        LoadedModel loaded = ModelFolder.Load(folder);
        Columns.Write(Console.Out,
        [
            ["name", loaded.Name],
            ["parameters", loaded.Model.ParameterCount.ToString("N0", CultureInfo.InvariantCulture)],
            .. ModelFolder.Describe(loaded.Model).Select(entry => new[] { entry.Name, entry.Value }),
            ["tokenizer", $"{loaded.Tokenizer.Kind}, {loaded.Tokenizer.VocabSize} tokens"],
            ["decoding", ModelOptions.Describe(loaded.Decoding)],
        ]);
        Console.Out.WriteLine();
    }

    private static void Tensors(ICheckpoint file, bool all)
    {
        var rows = new List<string[]>();
        foreach (IGrouping<string, CheckpointTensor> part in file.Tensors.GroupBy(entry => all ? entry.Name : Part(entry.Name)).OrderBy(part => part.Key, StringComparer.Ordinal))
        {
            string types = string.Join(", ", part.Select(entry => all ? entry.ToString() : entry.DataType).Distinct());
            rows.Add([part.Key, Count(part), types]);
        }

        rows.Add(["all", Count(file.Tensors), $"{file.Tensors.Count} tensors"]);
        Columns.Write(Console.Out, rows, rightAligned: 1);
    }

    private static string Count(IEnumerable<CheckpointTensor> entries) => entries.Sum(entry => entry.ElementCount).ToString("N0", CultureInfo.InvariantCulture);

    // "encoder.layers.3.fc1.weight" belongs to "encoder.layers.3", "shared.weight" to "shared".
    private static string Part(string name)
    {
        string[] keys = name.Split('.');
        int number = Array.FindIndex(keys, key => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        return string.Join('.', keys.Take(number >= 0 ? number + 1 : Math.Max(1, keys.Length - 1)));
    }
}
