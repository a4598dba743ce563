using System.CommandLine;
using System.Globalization;
using Heed.Cli.Terminal;
using Heed.Models;
using Heed.Models.Formats;

namespace Heed.Cli.Commands;

/// <summary><c>heed inspect</c>: what a model folder or a safetensors file holds.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "A model folder or a .safetensors file." };
        var all = new Option<bool>("--tensors") { Description = "List every tensor with its shape, instead of a line for each part." };
        var command = new Command("inspect", "Show what a model folder or a safetensors file holds: sizes, vocabulary, weights.") { path, all };
        command.SetAction(parsed =>
        {
            string target = parsed.GetValue(path)!;
            if (Directory.Exists(target))
            {
                Folder(target);
                Tensors(Path.Combine(target, "model.safetensors"), parsed.GetValue(all));
            }
            else if (File.Exists(target))
            {
                Tensors(target, parsed.GetValue(all));
            }
            else
            {
                throw new UsageException($"there is no file or folder {target}");
            }

            return 0;
        });
        return command;
    }

    private static void Folder(string folder)
    {
        LoadedModel loaded = ModelFolder.Load(folder);
        Columns.Write(Console.Out,
        [
            ["name", loaded.Name],
            ["parameters", loaded.Model.ParameterCount.ToString("N0", CultureInfo.InvariantCulture)],
            ["longest sequence", $"{loaded.Model.MaxLength} tokens"],
            ["tokenizer", $"{loaded.Tokenizer.Kind}, {loaded.Tokenizer.VocabSize} tokens"],
            ["decoding", ModelOptions.Describe(loaded.Decoding)],
        ]);
        Console.Out.WriteLine();
    }

    private static void Tensors(string path, bool all)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        var rows = new List<string[]>();
        foreach (IGrouping<string, SafetensorsEntry> part in file.Entries.GroupBy(entry => all ? entry.Name : Part(entry.Name)).OrderBy(part => part.Key, StringComparer.Ordinal))
        {
            string types = string.Join(", ", part.Select(entry => all ? entry.ToString() : entry.DataType.ToString()).Distinct());
            rows.Add([part.Key, Count(part), types]);
        }

        rows.Add(["all", Count(file.Entries), $"{file.Entries.Length} tensors"]);
        Columns.Write(Console.Out, rows, rightAligned: 1);
    }

    private static string Count(IEnumerable<SafetensorsEntry> entries) => entries.Sum(entry => entry.ElementCount).ToString("N0", CultureInfo.InvariantCulture);

    // "encoder.layers.3.fc1.weight" belongs to "encoder.layers.3", "shared.weight" to "shared".
    private static string Part(string name)
    {
        string[] keys = name.Split('.');
        int number = Array.FindIndex(keys, key => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        return string.Join('.', keys.Take(number >= 0 ? number + 1 : Math.Max(1, keys.Length - 1)));
    }
}
