#:project ../src/Heed.Models

// Train a translator and look inside: 192 sentences of a little German, 24 of them kept for the test.
using Heed.Models;
using Heed.Models.Decoding;
using Heed.Models.Explain;
using Heed.Models.Seq2Seq;
using Heed.Nn.Optimizers;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Tensors.Random;
using Heed.Text.Tokenizers;

(string German, string English)[] nouns = [("der Hund", "dog"), ("der Vogel", "bird"), ("die Katze", "cat"), ("die Maus", "mouse"), ("das Pferd", "horse"), ("das Kind", "child")];
(string German, string English)[] adjectives = [("kleine", "small"), ("große", "big"), ("alte", "old"), ("junge", "young")];
(string German, string English)[] verbs = [("schläft", "sleeps"), ("singt", "sings"), ("läuft", "runs"), ("wartet", "waits")];
(string German, string English)[] times = [("heute", "today"), ("hier", "here")];
(string Source, string Target)[] pairs =
[
    .. from noun in nouns from adjective in adjectives from verb in verbs from time in times
       let german = noun.German.Split(' ') // an adverb comes first in German, and the verb before its noun
       select ($"{time.German} {verb.German} {german[0]} {adjective.German} {german[1]}", $"the {adjective.English} {noun.English} {verb.English} {time.English}"),
];
var random = new SeededRandom(1);
random.Shuffle<(string, string)>(pairs);

Tokenizer tokenizer = TokenizerTrainer.Train(new TokenizerOptions { Kind = TokenizerKind.Words, MinCount = 1 }, pairs.SelectMany(pair => new[] { pair.Source, pair.Target }));
var config = new TransformerConfig { VocabSize = tokenizer.VocabSize, DModel = 64, NumHeads = 2, DFeedForward = 128, NumEncoderLayers = 1, NumDecoderLayers = 1, MaxLength = 16 };
var model = new TransformerModel(config, random);
var optimizer = new Adam(model.NamedParameters(), learningRate: 3e-3f) { MaxGradientNorm = 1f };
Console.WriteLine($"{model.ParameterCount} parameters, {tokenizer.VocabSize} words");
for (int step = 0; step <= 120; step++)
{
    (string Source, string Target)[] batch = [.. Enumerable.Range(0, 42).Select(_ => pairs[random.Next(pairs.Length - 24)])];
    using Tape tape = Tape.Begin();
    TokenBatch tokens = TokenBatch.Pack([.. batch.Select(pair => tokenizer.Encode(pair.Source))], [.. batch.Select(pair => tokenizer.Encode(pair.Target))], model.BosId, model.EosId);
    Tensor loss = model.Loss(tokens, labelSmoothing: 0.1f, new DropoutSource(1, (ulong)step));
    tape.Backward(loss);
    optimizer.Step();
    optimizer.ClearGradients();
    if (step % 40 == 0)
    {
        Console.WriteLine($"step {step}: loss {loss.Item():0.00}");
    }
}

var translator = new Translator(new LoadedModel("little", model, tokenizer, new DecodingOptions { BeamSize = 2 }));
int right = pairs[^24..].Count(pair => translator.Translate(pair.Source).Text == pair.Target);
Console.WriteLine($"{right} of 24 unseen sentences exactly right\n");
TranslationExplanation inside = translator.Explain(pairs[^1].Source);
Console.WriteLine($"{inside.SourceText} -> {inside.TargetText}; what each word looked at:");
Console.WriteLine(AttentionText.Render(inside.TargetTokens, inside.SourceTokens, inside.Maps.First(map => map.Kind == AttentionKind.Cross).Weights));
