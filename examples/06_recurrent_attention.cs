#:project ../src/Heed.Models

// How attention began: a recurrent decoder asks with its state. Additive (Bahdanau et al. 2015), dot and general
// (Luong et al. 2015) differ only in how a state and a source word are compared.
using Heed.Models.Explain;
using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Random;

const int Width = 8;
string[] source = ["the", "cat", "that", "was", "sitting", "jumps"];
var random = new SeededRandom(4);
Tensor memory = random.Normal(new Shape(6, Width)); // an encoder's states, [source words, 8]
Tensor query = Ops.Scale(memory.RowRange(1, 1), 0.7f); // a decoder's state that resembles "cat", [1, 8]
Segments sentence = Segments.FromLengths(6);

(string Name, RecurrentAttention Attention)[] kinds =
[
    ("additive: v . tanh(W_s s + W_h h)", new BahdanauAttention(Width, Width, attentionSize: 16, random)),
    ("dot: s . h", LuongAttention.Dot()),
    ("general: s W h", LuongAttention.General(Width, Width, random)),
];
foreach ((string name, RecurrentAttention attention) in kinds)
{
    var recorder = new AttentionRecorder();
    KeyValues projected = attention.Project(memory); // once for the sentence
    Tensor context = attention.Forward(query, projected, sentence, recorder); // once for every word written
    Console.WriteLine($"{name}; {attention.ParameterCount} parameters, context {context.Shape}");
    Console.WriteLine(AttentionText.Render(["state"], source, recorder[attention][0, 0]));
}

Console.WriteLine("The dot form finds the resembling word untrained; the others first have to learn what to compare.");

// A batch: sentences of 2 and 4 words, one state each.
Tensor contexts = kinds[1].Attention.Forward(random.Normal(new Shape(2, Width)), new KeyValues(memory, memory), Segments.FromLengths(2, 4));
Console.WriteLine($"two sentences at once: {contexts.Shape}");
