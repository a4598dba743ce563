using System.CommandLine;
using System.Globalization;
using Heed.Cli.Terminal;
using Heed.Models;
using Heed.Models.Formats;
using Spectre.Console;

namespace Heed.Cli.Commands;

/// <summary><c>heed inspect</c>: what a model folder or a safetensors file holds.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "A model folder or a .safetensors file." };
        var all = new Option<bool>("--tensors") { Description = "List every tensor." };
        var command = new Command("inspect", "Show what a model folder or a safetensors file holds.") { path, all };
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
        Table table = Plain();
        table.AddRow("name", Markup.Escape(loaded.Name));
        table.AddRow("parameters", loaded.Model.ParameterCount.ToString("N0", CultureInfo.InvariantCulture));
        table.AddRow("longest sequence", $"{loaded.Model.MaxLength} tokens");
        table.AddRow("tokenizer", $"{loaded.Tokenizer.Kind}, {loaded.Tokenizer.VocabSize} tokens");
        table.AddRow("decoding", string.Create(CultureInfo.InvariantCulture, $"beam {loaded.Decoding.BeamSize}, length penalty {loaded.Decoding.LengthPenalty}"));
        AnsiConsole.Write(table);
    }

    private static void Tensors(string path, bool all)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Table table = Plain();
        foreach (IGrouping<string, SafetensorsEntry> part in file.Entries.GroupBy(entry => all ? entry.Name : Part(entry.Name)).OrderBy(part => part.Key, StringComparer.Ordinal))
        {
            long elements = part.Sum(entry => entry.ElementCount);
            string types = string.Join(", ", part.Select(entry => all ? entry.ToString() : entry.DataType.ToString()).Distinct());
            table.AddRow(Markup.Escape(part.Key), elements.ToString("N0", CultureInfo.InvariantCulture), Markup.Escape(types));
        }

        table.AddRow("all", file.Entries.Sum(entry => entry.ElementCount).ToString("N0", CultureInfo.InvariantCulture), $"{file.Entries.Length} tensors");
        AnsiConsole.Write(table);
    }

    // "encoder.layers.3.fc1.weight" belongs to "encoder.layers.3", "shared.weight" to "shared".
    private static string Part(string name)
    {
        string[] keys = name.Split('.');
        int number = Array.FindIndex(keys, key => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        return string.Join('.', keys.Take(number >= 0 ? number + 1 : Math.Max(1, keys.Length - 1)));
    }

    private static Table Plain()
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumn(new TableColumn(string.Empty).PadRight(3));
        table.AddColumn(new TableColumn(string.Empty).PadRight(3));
        table.AddColumn(string.Empty);
        return table;
    }
}
