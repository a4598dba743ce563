using System.CommandLine;
using System.Globalization;
using Heed.Cli.Terminal;
using Heed.Models.Pretrained;
using Heed.Text.IO;
using Heed.Text.Tokenizers;

namespace Heed.Cli.Commands;

/// <summary><c>heed tokenizer train|encode|decode</c>.</summary>
internal static class TokenizerCommand
{
    private const string ByteLevel = "byte-level";

    public static Command Create() => new("tokenizer", "Train a tokenizer, or look at what one does to text.") { Train(), Encode(), Decode() };

    private static Command Train()
    {
        var files = new Argument<string[]>("FILES") { Description = "Text files with one sentence a line, plain or gzip.", Arity = ArgumentArity.OneOrMore };
        var kind = new Option<string>("--kind") { Description = "What the pieces are: bpe, unigram, characters, words, or byte-level (bpe over bytes, in GPT-2's files).", HelpName = "KIND", DefaultValueFactory = _ => TokenizerKind.Bpe };
        var vocabSize = NumberOption.Create("--vocab-size", "Tokens in the vocabulary, the 4 special ones and 256 bytes included.", 8000, 261, TokenizerOptions.MaxVocabSize);
        var lowercase = new Option<bool>("--lowercase") { Description = "Lower-case all text; decoding cannot bring capitals back." };
        var output = new Option<string>("--out") { Description = "The folder that tokenizer.json is written to; made if missing.", HelpName = "FOLDER", Required = true };
        var command = new Command("train", "Learn a tokenizer from text.") { files, kind, vocabSize, lowercase, output };
        command.SetAction(parsed =>
        {
            string folder = parsed.GetValue(output)!;
            OutputPath.RequireFolder(folder);
            using var cancellation = new Cancellation("stopping");
            IEnumerable<string> lines = parsed.GetValue(files)!.SelectMany(TextLineReader.ReadLines);
            Tokenizer tokenizer = parsed.GetValue(kind) == ByteLevel
                ? TrainByteLevel(lines, parsed.GetValue(vocabSize), parsed.GetValue(lowercase), cancellation.Token)
                : TokenizerTrainer.Train(new TokenizerOptions { Kind = parsed.GetValue(kind)!, VocabSize = parsed.GetValue(vocabSize), Lowercase = parsed.GetValue(lowercase) }, lines, cancellationToken: cancellation.Token);
            tokenizer.Save(folder);
            Console.Error.WriteLine($"{folder}: {tokenizer.Kind}, {tokenizer.VocabSize} tokens");
            return 0;
        });
        return command;
    }

    private static LoadedTokenizer TrainByteLevel(IEnumerable<string> lines, int vocabSize, bool lowercase, CancellationToken cancellation) => lowercase
        ? throw new UsageException($"--lowercase does not go with --kind {ByteLevel}, which keeps every byte")
        : TokenizerTrainer.TrainByteLevel(new ByteLevelOptions { VocabSize = vocabSize }, lines, cancellationToken: cancellation);

    private static Command Encode()
    {
        Option<string> model = ModelOption();
        var ids = new Option<bool>("--ids") { Description = "Print numbers instead of pieces." };
        var around = new Option<bool>("--add-special") { Description = "Add the special tokens that the tokenizer puts around a text." };
        var inside = new Option<bool>("--parse-special") { Description = "Take the names of special tokens in the text for those tokens." };
        var text = new Argument<string?>("TEXT") { Description = "The text, in quotes. When omitted: standard input, line by line.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("encode", "Split text into tokens.") { model, ids, around, inside, text };
        command.SetAction(parsed =>
        {
            Tokenizer tokenizer = PretrainedTokenizer.Load(parsed.GetValue(model)!);
            var options = new EncodeOptions { AddSpecialTokens = parsed.GetValue(around), ParseSpecialTokens = parsed.GetValue(inside) };
            foreach (string line in Lines(parsed.GetValue(text)))
            {
                int[] tokens = tokenizer.Encode(line, options);
                Console.Out.WriteLine(string.Join(' ', parsed.GetValue(ids) ? tokens.Select(id => id.ToString(CultureInfo.InvariantCulture)) : tokens.Select(tokenizer.TokenText)));
            }

            return 0;
        });
        return command;
    }

    private static Command Decode()
    {
        Option<string> model = ModelOption();
        var special = new Option<bool>("--special") { Description = "Write special tokens by their names instead of leaving them out." };
        var ids = new Argument<string?>("IDS") { Description = "Token numbers separated by spaces, in quotes. When omitted: standard input, line by line.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("decode", "Turn token numbers back into text.") { model, special, ids };
        command.SetAction(parsed =>
        {
            Tokenizer tokenizer = PretrainedTokenizer.Load(parsed.GetValue(model)!);
            foreach (string line in Lines(parsed.GetValue(ids)))
            {
                int[] tokens = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => ParseId(id, tokenizer.VocabSize))];
                Console.Out.WriteLine(tokenizer.Decode(tokens, new DecodeOptions { KeepSpecialTokens = parsed.GetValue(special) }));
            }

            return 0;
        });
        return command;
    }

    private static Option<string> ModelOption() => new("--model") { Description = "A model folder, a .gguf file, or a tokenizer file: tokenizer.json, vocab.json with merges.txt, vocab.txt, *.model, *.tiktoken, llama2.c's tokenizer.bin.", HelpName = "PATH", Required = true };

    private static IEnumerable<string> Lines(string? argument) => argument is not null ? [argument] : TextLineReader.ReadStandardInput();

    private static int ParseId(string text, int vocabSize) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id < vocabSize
        ? id
        : throw new UsageException($"\"{text}\" is not a token number, from 0 to {vocabSize - 1}; heed tokenizer encode --ids prints them");
}
