#:project ../src/Heed.Models

// Encoder-decoder attention: the words of a translation ask, the words of the source answer.
// Vaswani et al. 2017, section 3.2.3. The vectors are made by hand so that words of one meaning match.
using Heed.Models.Explain;
using Heed.Nn.Attention;
using Heed.Tensors;

string[] source = ["der", "kleine", "Hund", "schläft"];
string[] target = ["the", "small", "dog", "sleeps", "."];
Tensor meanings = Tensor.From([2.4f, 0, 0, 0, 0, 2.4f, 0, 0, 0, 0, 2.4f, 0, 0, 0, 0, 2.4f], new Shape(4, 4)); // one axis for each meaning
Tensor memory = meanings; // the encoder's output, [source tokens, 4]
Tensor x = Ops.Concat(0, meanings, Tensor.Zeros(new Shape(1, 4))); // the decoder's states; "." means none of them

AttentionPattern pattern = CrossAttention.Pattern(queries: Segments.FromLengths(5), memory: Segments.FromLengths(4));
AttentionSettings settings = pattern.ToSettings(numHeads: 1);
var weights = new AttentionWeights(settings);
Tensor context = ScaledDotProductAttention.Forward(x, memory, memory, settings, weights);
Console.WriteLine(AttentionText.Render(target, source, weights[0, 0]));
Console.WriteLine($"context, [target tokens, 4]:\n{context.Format()}\n");

// With learned projections it is MultiHeadAttention. Source and target may differ in length and width, and a batch packs
// sentences of any lengths: sentence i of the queries sees sentence i of the memory and no other.
MultiHeadAttention attention = CrossAttention.Create(dModel: 8, memorySize: 6, numHeads: 2, new Heed.Tensors.Random.SeededRandom(1));
AttentionPattern two = CrossAttention.Pattern(Segments.FromLengths(2, 3), Segments.FromLengths(4, 1));
Tensor output = attention.Forward(Tensor.Full(new Shape(5, 8), 1), Tensor.Full(new Shape(5, 6), 1), two);
Console.WriteLine($"two sentence pairs, queries [5, 8], memory [5, 6], output {output.Shape}");

// The memory is projected once, however many words are written.
KeyValues projected = attention.Project(Tensor.Full(new Shape(5, 6), 1));
Console.WriteLine($"keys {projected.Keys.Shape} and values {projected.Values.Shape} are kept while decoding");
