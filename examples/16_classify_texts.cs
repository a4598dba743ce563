#:project ../src/Heed.Models

// Train a classifier on texts that are made up here: a complaint is a complaint whatever it is about, and whoever writes it.
using Heed.Models.Classification;
using Heed.Models.Encoders;
using Heed.Nn.Losses;
using Heed.Nn.Optimizers;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Tensors.Random;
using Heed.Text.Metrics.Classification;
using Heed.Text.Tokenizers;

string[] labels = ["complaint", "praise"];
string[] things = ["the tea", "the cake", "my order", "the parcel", "your shop", "the soup", "this phone", "the new lamp"];
string[][] verdicts = [["came too late", "is broken again", "was cold and stale", "never worked"], ["is lovely", "came early", "works very well", "was warm and fresh"]];
string[] frames = ["{0} {1}", "sadly or not, {0} {1}", "i have to say that {0} {1}", "{0} {1}, and i will tell everybody"];
(string Text, int Label)[] texts =
[
    .. from label in Enumerable.Range(0, 2) from thing in things from verdict in verdicts[label] from frame in frames
       select (string.Format(System.Globalization.CultureInfo.InvariantCulture, frame, thing, verdict), label),
];
var random = new SeededRandom(1);
random.Shuffle<(string, int)>(texts);
(string Text, int Label)[] test = texts[^56..];

Tokenizer tokenizer = TokenizerTrainer.Train(new TokenizerOptions { Kind = TokenizerKind.Words, MinCount = 1 }, texts.Select(text => text.Text));
var config = new EncoderConfig
{
    VocabSize = tokenizer.VocabSize, DModel = 32, NumLayers = 1, NumHeads = 2, DFeedForward = 64, NumPositions = 24,
    Head = EncoderHead.Classes, HasPooler = true, Pooling = Pooling.Mean, NumClasses = labels.Length,
};
var model = new EncoderModel(config, random);
var classifier = new TextClassifier(model, tokenizer, labels);
var optimizer = new Adam(model.NamedParameters(), learningRate: 2e-3f) { MaxGradientNorm = 1f };
for (int step = 0; step <= 60; step++)
{
    (string Text, int Label)[] batch = [.. Enumerable.Range(0, 32).Select(_ => texts[random.Next(texts.Length - test.Length)])];
    int[][] ids = [.. batch.Select(text => classifier.Encoder.Encode(text.Text).Ids)];
    using Tape tape = Tape.Begin();
    Tensor logits = model.ClassLogits(ids.SelectMany(text => text).ToArray(), Segments.FromLengths([.. ids.Select(text => text.Length)]), dropout: new DropoutSource(1, (ulong)step));
    Tensor loss = new CrossEntropyLoss().Forward(logits, batch.Select(text => text.Label).ToArray());
    tape.Backward(loss);
    optimizer.Step();
    optimizer.ClearGradients();
    if (step % 20 == 0)
    {
        Console.WriteLine($"step {step}: loss {loss.Item():0.00}");
    }
}

string[] actual = [.. test.Select(text => labels[text.Label])], predicted = [.. classifier.Classify(test.Select(text => text.Text)).Select(result => result.Label)];
Console.WriteLine($"\n{new AccuracyMetric().Corpus(predicted, [actual])}\n\n{ConfusionMatrix.Count(labels, actual, predicted)}");
foreach (string text in (string[])["the soup was cold and stale", "my order was warm and fresh"])
{
    Console.WriteLine($"{text}: {classifier.Classify(text).Label}");
}
