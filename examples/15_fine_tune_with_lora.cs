#:project ../src/Heed.Models

// Fine-tune with LoRA: a model knows colours; an adapter beside its frozen weights teaches it to shout, is taken off, and is merged.
using Heed.Models;
using Heed.Models.Adapters;
using Heed.Models.Causal;
using Heed.Models.Chat;
using Heed.Models.Generation;
using Heed.Models.Prompts;
using Heed.Nn;
using Heed.Nn.Optimizers;
using Heed.Nn.Positions;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Tensors.Random;
using Heed.Text.Tokenizers;

(string Thing, string Colour)[] known = [("sky", "blue"), ("grass", "green"), ("snow", "white"), ("coal", "black"), ("sun", "yellow"), ("blood", "red")];
Tokenizer tokenizer = TokenizerTrainer.Train(
    new TokenizerOptions { Kind = TokenizerKind.Characters, MinCount = 1 },
    known.SelectMany(pair => new[] { pair.Thing + ": ", pair.Colour, pair.Colour.ToUpperInvariant() }));
var encoder = new PromptEncoder(tokenizer, PromptTemplate.Named("plain"), tokenizer.Special.EosId);
var sizes = new DecoderOnlyConfig { VocabSize = tokenizer.VocabSize, DModel = 32, NumLayers = 2, NumHeads = 2, DFeedForward = 64, MaxLength = 24, Rotary = new RotaryPositions() };
var model = new DecoderOnlyModel(sizes, new SeededRandom(1));

Train(model, colour => colour);
Show($"all {model.ParameterCount} numbers trained");

ModelAdapter adapter = ModelAdapter.Create(model, new AdapterConfig { Rank = 8, Targets = AdapterConfig.AllLinear }, new SeededRandom(2));
Show($"{adapter.ParameterCount} more numbers, not yet trained"); // B is zero: nothing changed

Train(adapter, colour => colour.ToUpperInvariant()); // the model's own numbers stay as they are
Show("those trained");

float[] beside = Logits();
adapter.Merge();
Show("merged into the weights");
Console.WriteLine($"scores as before, within 0.0001: {beside.Zip(Logits()).All(pair => MathF.Abs(pair.First - pair.Second) < 1e-4f)}");

adapter.Unmerge();
adapter.Detach();
Show("taken off");

void Train(Module trained, Func<string, string> answer)
{
    TextBatch batch = LabelledSequence.Pack([.. known.Select(pair => encoder.Encode([new(ChatTurn.User, pair.Thing + ": "), new(ChatTurn.Assistant, answer(pair.Colour))]))]);
    var optimizer = new Adam(trained.NamedParameters(), learningRate: 5e-3f) { MaxGradientNorm = 1f };
    for (int step = 0; step < 250; step++)
    {
        using Tape tape = Tape.Begin();
        tape.Backward(model.Loss(batch)); // of the answers alone
        optimizer.Step();
        optimizer.ClearGradients();
    }
}

void Show(string what) => Console.WriteLine($"{what}: {string.Join(", ", known.Take(3).Select(pair => $"{pair.Thing} {Answer(pair.Thing)}"))}");
string Answer(string thing) => tokenizer.Decode([.. new TokenGenerator(model).Generate([new GenerationRequest(Prompt(thing), new GenerationOptions { Temperature = 0, MaxNewTokens = 8, StopTokens = [tokenizer.Special.EosId] })])[0].Tokens.Select(token => token.Token)]);
int[] Prompt(string thing) => encoder.Encode([new(ChatTurn.User, thing + ": ")]).Ids;
float[] Logits() => model.Logits(Prompt("sky"), Segments.FromLengths(Prompt("sky").Length)).ToArray();
