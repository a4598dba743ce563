using Heed.Models.Explain;
using Heed.Nn;
using Heed.Nn.Attention;
using Heed.Nn.Positions;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Tensors.Random;

namespace Heed.Examples.Tests.Pictures;

/// <summary>The pictures of docs/concepts: attention weights that the code computes, drawn by <see cref="AttentionPicture"/>.</summary>
internal static class ConceptPictures
{
    private static readonly string[] Words = ["Your", "journey", "starts", "with", "one", "step"];
    private static readonly string[] Nested = ["the", "cat", "that", "was", "sitting", "jumps"];
    private static readonly Segments Six = Segments.FromLengths(6);
    private static readonly Tensor X = Tensor.From([0.43f, 0.15f, 0.89f, 0.55f, 0.87f, 0.66f, 0.57f, 0.85f, 0.64f, 0.22f, 0.58f, 0.33f, 0.77f, 0.25f, 0.10f, 0.05f, 0.80f, 0.55f], new Shape(6, 3));

    /// <summary>Each picture's file and what draws it.</summary>
    public static IReadOnlyDictionary<string, Func<string>> All { get; } = new SortedDictionary<string, Func<string>>(StringComparer.Ordinal)
    {
        ["attention-without-weights.svg"] = WithoutWeights,
        ["self-attention.svg"] = SelfAttentionWeights,
        ["causal-attention.svg"] = Causal,
        ["multi-head-attention.svg"] = Heads,
        ["cross-attention.svg"] = Cross,
        ["recurrent-attention.svg"] = Recurrent,
        ["grouped-query-attention.svg"] = Grouped,
        ["sliding-window-attention.svg"] = Windows,
        ["relative-position-bias.svg"] = RelativeBias,
        ["alibi.svg"] = Alibi,
        ["rotary-positions.svg"] = Rotary,
        ["pytorch-random-numbers.svg"] = DropoutMask,
        ["shortcuts.svg"] = Shortcuts,
        ["low-rank-adapter.svg"] = LowRank,
        ["chat.svg"] = Chat,
        ["classification.svg"] = Confusion,
    };

    private static string WithoutWeights()
    {
        AttentionPattern pattern = AttentionPattern.Within(Six);
        return AttentionPicture.Draw(
            "Attention weights without learned weights: each word's row says how much of every word its context holds",
            AttentionPanel.Within("softmax(x xᵀ)", Words, Weights(X, X, SimplifiedSelfAttention.Settings(pattern))[0, 0]));
    }

    private static string SelfAttentionWeights()
    {
        var random = new PyTorchRandom(123);
        Tensor query = Ops.MatMul(X, random.Uniform(new Shape(3, 2))), key = Ops.MatMul(X, random.Uniform(new Shape(3, 2)));
        return AttentionPicture.Draw(
            "Attention weights of six words with the query and key matrices that PyTorch draws from seed 123",
            AttentionPanel.Within("softmax(query keyᵀ / √2), seed 123", Words, Weights(query, key, AttentionPattern.Within(Six).ToSettings(1))[0, 0]));
    }

    private static string Causal()
    {
        var attention = new SelfAttention(3, 2, new PyTorchRandom(789));
        Tensor query = attention.QueryProjection.Forward(X), key = attention.KeyProjection.Forward(X);
        float[,] weights = Weights(query, key, AttentionPattern.CausalWithin(Six).ToSettings(1))[0, 0];
        var dropped = new float[6, 6];
        float[] mask = new PyTorchRandom(123).DropoutMask(new Shape(6, 6), 0.5f).ToArray();
        for (int i = 0; i < 36; i++)
        {
            dropped[i / 6, i % 6] = weights[i / 6, i % 6] * mask[i];
        }

        return AttentionPicture.Draw(
            "Causal attention weights, and the same after dropout of one half, whose survivors are doubled",
            AttentionPanel.Within("causal", Words, weights),
            AttentionPanel.Within("causal, dropout 0.5", Words, dropped));
    }

    private static string Chat()
    {
        string[] tokens = ["<|im_start|>", "user", "Hi", "<|im_end|>", "<|im_start|>", "assistant", "Hello", "!"];
        Tensor equal = Tensor.Zeros(new Shape(tokens.Length, 2));
        return AttentionPicture.Draw(
            "Two turns of a chat as one row of tokens: every token sees the turns before it, whose keys and values are remembered",
            AttentionPanel.Within("causal, all scores equal", tokens, Weights(equal, equal, AttentionPattern.CausalWithin(Segments.FromLengths(tokens.Length)).ToSettings(1))[0, 0]));
    }

    // The first row of docs/results/sms-spam.md that starts from the language model: 8 of 1,593 and 18 of 247 messages are in the wrong class.
    private static string Confusion() => AttentionPicture.Draw(
        "Which class was taken for which, as shares of the true class",
        new AttentionPanel("true class, predicted class", ["ham", "spam"], ["ham", "spam"], new[,] { { 1585 / 1593f, 8 / 1593f }, { 18 / 247f, 229 / 247f } }));

    private static string Heads() => AttentionPicture.Draw(
        "Four heads of one layer: each looks elsewhere", Panels(new MultiHeadAttention(16, 4, new PyTorchRandom(123)), head => $"head {head + 1}"));

    private static string Grouped() => AttentionPicture.Draw(
        "Four query heads that share two key heads: the pairs ask different questions of the same keys",
        Panels(GroupedQueryAttention.Create(16, 4, 2, new PyTorchRandom(123)), head => $"query head {head + 1}, key head {(head / 2) + 1}"));

    private static string Cross()
    {
        Tensor meanings = Tensor.From([2.4f, 0, 0, 0, 0, 2.4f, 0, 0, 0, 0, 2.4f, 0, 0, 0, 0, 2.4f], new Shape(4, 4));
        Tensor x = Ops.Concat(0, meanings, Tensor.Zeros(new Shape(1, 4)));
        AttentionSettings settings = CrossAttention.Pattern(Segments.FromLengths(5), Segments.FromLengths(4)).ToSettings(1);
        return AttentionPicture.Draw(
            "Attention from an English translation to its German source: each word looks at the one it translates",
            new AttentionPanel("target looks at source", ["the", "small", "dog", "sleeps", "."], ["der", "kleine", "Hund", "schläft"], Weights(x, meanings, settings)[0, 0]));
    }

    private static string Recurrent()
    {
        const int Width = 8;
        var random = new SeededRandom(4);
        Tensor memory = random.Normal(new Shape(6, Width));
        Tensor states = Ops.Scale(Ops.Embedding(memory, new[] { 1, 4, 5 }), 0.7f); // resemble "cat", "sitting" and "jumps"
        string[] steps = ["state 1", "state 2", "state 3"];
        (string Name, RecurrentAttention Attention)[] kinds = [("additive", new BahdanauAttention(Width, Width, 16, random)), ("dot", LuongAttention.Dot()), ("general", LuongAttention.General(Width, Width, random))];
        AttentionPanel[] panels = [.. kinds.Select(kind =>
        {
            var map = new float[3, 6];
            for (int step = 0; step < 3; step++)
            {
                var recorder = new AttentionRecorder();
                kind.Attention.Forward(states.RowRange(step, 1), kind.Attention.Project(memory), Six, recorder);
                for (int word = 0; word < 6; word++)
                {
                    map[step, word] = recorder[kind.Attention][0, 0][0, word];
                }
            }

            return new AttentionPanel($"{kind.Name}, untrained", steps, Nested, map);
        })];
        return AttentionPicture.Draw("Three states of a decoder look at six source words, scored in three ways, before any training", panels);
    }

    private static string Windows()
    {
        Segments eight = Segments.FromLengths(8);
        Tensor equal = Tensor.Zeros(new Shape(8, 2));
        string[] positions = [.. Enumerable.Range(0, 8).Select(position => $"{position}")];
        return AttentionPicture.Draw(
            "Who sees whom with a window of 3, causal and on both sides; all scores are equal",
            AttentionPanel.Within("causal, window 3", positions, Weights(equal, equal, SlidingWindowAttention.CausalWithin(eight, 3).ToSettings(1))[0, 0]),
            AttentionPanel.Within("both sides, window 3", positions, Weights(equal, equal, SlidingWindowAttention.Within(eight, 3).ToSettings(1))[0, 0]));
    }

    private static string RelativeBias()
    {
        var bias = new RelativePositionBias(2, null, bothSides: true);
        Span<float> table = bias.Weight.MutableValues(); // [buckets, heads]
        for (int steps = 0; steps < 16; steps++)
        {
            table[2 * steps] = table[2 * (16 + steps)] = -0.5f * steps; // the first head has learned to look nearby
        }

        table[(2 * bias.Bucket(-1)) + 1] = 3; // the second, to look at the word before
        AttentionWeights weights = Weights(Tensor.Zeros(new Shape(6, 4)), Tensor.Zeros(new Shape(6, 4)), bias.AddTo(AttentionPattern.Within(Six)).ToSettings(2));
        return AttentionPicture.Draw(
            "Two heads with equal scores whose learned biases by distance differ",
            AttentionPanel.Within("biased to what is near", Nested, weights[0, 0]),
            AttentionPanel.Within("biased to the word before", Nested, weights[0, 1]));
    }

    private static string Alibi()
    {
        Tensor equal = Tensor.Zeros(new Shape(8, 8));
        AttentionWeights weights = Weights(equal, equal, new AlibiBias(8).AddTo(AttentionPattern.CausalWithin(Segments.FromLengths(8))).ToSettings(8));
        string[] positions = [.. Enumerable.Range(0, 8).Select(position => $"{position}")];
        return AttentionPicture.Draw(
            "Heads of ALiBi with equal scores: a steep slope sees what is near, a flat one everything",
            AttentionPanel.Within("head 1, slope 1/2", positions, weights[0, 0]),
            AttentionPanel.Within("head 8, slope 1/256", positions, weights[0, 7]));
    }

    private static string Rotary()
    {
        const int Tokens = 10, HeadDim = 16;
        Tensor same = Tensor.Full(new Shape(Tokens, HeadDim), 1.2f);
        string[] positions = [.. Enumerable.Range(0, Tokens).Select(position => $"{position}")];
        Tensor turned = new RotaryPositions().Rotate(same, Enumerable.Range(0, Tokens).ToArray(), HeadDim);
        return AttentionPicture.Draw(
            "Ten equal tokens whose queries and keys are rotated by position: each prefers what is near",
            AttentionPanel.Within("equal tokens, rotated", positions, Weights(turned, turned, AttentionPattern.CausalWithin(Segments.FromLengths(Tokens)).ToSettings(1))[0, 0]));
    }

    private static string DropoutMask()
    {
        var map = new float[6, 6];
        float[] mask = new PyTorchRandom(123).DropoutMask(new Shape(6, 6), 0.5f).ToArray();
        for (int i = 0; i < 36; i++)
        {
            map[i / 6, i % 6] = mask[i] / 2;
        }

        string[] places = ["1", "2", "3", "4", "5", "6"];
        return AttentionPicture.Draw("The dropout mask that PyTorch draws from seed 123 with probability one half", AttentionPanel.Within("kept, seed 123", places, map));
    }

    private static string Shortcuts()
    {
        var map = new float[2, 5];
        for (int row = 0; row < 2; row++)
        {
            var random = new PyTorchRandom(123);
            Linear[] layers = [.. Enumerable.Range(0, 5).Select(i => new Linear(3, i < 4 ? 3 : 1, random))];
            using Tape tape = Tape.Begin();
            Tensor x = Tensor.From([1, 0, -1], new Shape(1, 3));
            foreach (Linear layer in layers)
            {
                Tensor y = Ops.Activate(layer.Forward(x), Activation.GeluTanh);
                x = row == 1 && y.Shape == x.Shape ? Ops.Add(x, y) : y;
            }

            tape.Backward(Ops.Mean(Ops.Multiply(x, x)));
            float[] means = [.. layers.Select(layer => layer.Weight.Gradient!.ToArray().Average(MathF.Abs))];
            for (int layer = 0; layer < 5; layer++)
            {
                map[row, layer] = means[layer] / means[4];
            }
        }

        return AttentionPicture.Draw(
            "Mean size of each layer's gradient, as a share of the last layer's: without shortcuts it fades towards the first",
            new AttentionPanel("gradient, as a share of the last layer's", ["without shortcuts", "with shortcuts"], ["layer 0", "layer 1", "layer 2", "layer 3", "layer 4"], map));
    }

    private static string LowRank() => AttentionPicture.Draw(
        "What adapters of rank 1 and rank 2 add to a weight: in rank 1 every row is a multiple of one row",
        [.. new[] { 1, 2 }.Select(rank => new AttentionPanel($"|B A|, rank {rank}; the largest is 1", [.. Enumerable.Range(0, 6).Select(row => $"output {row}")], [.. Enumerable.Range(0, 6).Select(column => $"in {column}")], Product(rank)))]);

    private static float[,] Product(int rank)
    {
        var random = new PyTorchRandom(1);
        Tensor product = Ops.MatMul(random.Normal(new Shape(6, rank), 0, 1), random.Normal(new Shape(rank, 6), 0, 1));
        float largest = product.ToArray().Max(MathF.Abs);
        var sizes = new float[6, 6];
        for (int i = 0; i < 36; i++)
        {
            sizes[i / 6, i % 6] = MathF.Abs(product.Values[i]) / largest;
        }

        return sizes;
    }

    private static AttentionPanel[] Panels(MultiHeadAttention attention, Func<int, string> title)
    {
        Tensor x = new PyTorchRandom(1).Normal(new Shape(6, 16), 0, 1.5);
        var recorder = new AttentionRecorder();
        attention.Forward(x, x, AttentionPattern.Within(Six), recorder: recorder);
        return [.. Enumerable.Range(0, 4).Select(head => AttentionPanel.Within(title(head), Nested, recorder[attention][0, head]))];
    }

    private static AttentionWeights Weights(Tensor query, Tensor key, AttentionSettings settings)
    {
        var weights = new AttentionWeights(settings);
        ScaledDotProductAttention.Forward(query, key, key, settings, weights);
        return weights;
    }
}
