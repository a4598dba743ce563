#:project ../src/Heed.Nn

// From text to vectors: words, a vocabulary, ids, windows of inputs and targets, an embedding. Raschka, Build a Large Language Model
// (From Scratch), chapter 2, reads Edith Wharton's "The Verdict": dotnet run examples/13_words_and_ids.cs -- the-verdict.txt
using System.Text.RegularExpressions;
using Heed.Nn;
using Heed.Tensors;
using Heed.Tensors.Random;

string text = args.Length > 0
    ? File.ReadAllText(args[0])
    : "A token is a word, or a piece of one; a model knows it by its number. Do you know its number? A model does, and a word is enough.";
Console.WriteLine($"{text.Length} characters");
string[] words = Split(text);
Console.WriteLine($"{words.Length} words, the first: {string.Join('|', words.Take(30))}");

// Every word that occurs, in order, and two more: for the border between texts, and for words that do not occur.
string[] vocabulary = [.. words.Distinct().Order(StringComparer.Ordinal), "<|endoftext|>", "<|unk|>"];
Dictionary<string, int> ids = vocabulary.Select((word, id) => (word, id)).ToDictionary(entry => entry.word, entry => entry.id);
Console.WriteLine($"{vocabulary.Length - 2} different words, {vocabulary.Length} with the special ones; the last: {string.Join(' ', vocabulary.TakeLast(5).Select(word => $"{word}={ids[word]}"))}");

foreach (string sentence in new[] { "\"It's the last he painted, you know,\" Mrs. Gisburn said with pardonable pride.", "Hello, do you like tea? <|endoftext|> In the sunlit terraces of the palace." })
{
    int[] encoded = [.. Split(sentence).Select(word => ids.GetValueOrDefault(word, ids["<|unk|>"]))];
    Console.WriteLine($"ids: {string.Join(' ', encoded)}");
    string decoded = string.Join(' ', encoded.Select(id => vocabulary[id]));
    Console.WriteLine("and back: " + Regex.Replace(decoded, """\s+([,.:;?!"()'])""", "$1")); // no space before a sign
}

// What a model learns from: windows of the text, and the same moved by one word.
int[] all = [.. words.Select(word => ids[word])];
for (int start = 0; start < 8; start += 4)
{
    Console.WriteLine($"input {string.Join(' ', all[start..(start + 4)])}   target {string.Join(' ', all[(start + 1)..(start + 5)])}");
}

// An id picks its row of a table: what a product with a one-hot vector would give, without the product.
var embedding = new Embedding(6, 3, new PyTorchRandom(123));
Console.WriteLine($"the vectors of the ids 2, 3, 5 and 1:\n{embedding.Forward(new[] { 2, 3, 5, 1 }).Format()}");

static string[] Split(string text) => [.. Regex.Split(text, """([,.:;?_!"()']|--|\s)""").Select(part => part.Trim()).Where(part => part.Length > 0)];
