using Heed.Nn.Optimizers;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Testing;

namespace Heed.Nn.Tests.Optimizers;

public sealed class OptimizerTests
{
    public static TheoryData<string> Kinds => ["sgd_momentum", "adam", "adamw", "adagrad"];

    [Theory]
    [GoldenData("optimizer_*")]
    public void Ten_steps_agree_with_PyTorch(string file)
    {
        Golden golden = Golden.Load(file);
        Tensor w = golden.Input("in.w"), a = golden["in.a"];
        Optimizer optimizer = Create(file["optimizer_".Length..], new NamedParameter("w", w));
        for (int step = 0; step < 10; step++)
        {
            optimizer.ClearGradients();
            Backward(w, a, 1 + step);
            optimizer.Step();
            TensorAssert.Close(golden[$"out.w{step + 1}"].Values, w.Values, 2e-5, $"after step {step + 1}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Saved_and_restored_state_continues_with_the_same_bits(string kind)
    {
        NamedParameter[] first = TwoParameters(), second = TwoParameters();
        Optimizer uninterrupted = Create(kind, first);
        Train(uninterrupted, first, 0, 7);

        Optimizer before = Create(kind, second);
        Train(before, second, 0, 3);
        Dictionary<string, Tensor> saved = before.State().ToDictionary(s => s.Name, s => Tensor.From(s.Tensor.Values, s.Tensor.Shape));
        Train(before, second, 3, 4); // a step that is lost when the run is killed
        NamedParameter[] third = TwoParameters();
        Train(Create(kind, third), third, 0, 3);
        Optimizer resumed = Create(kind, third);
        resumed.LoadState(saved);
        Train(resumed, third, 3, 7);
        TensorAssert.SameBits(first[0].Tensor.Values, third[0].Tensor.Values, "the first parameter");
        TensorAssert.SameBits(first[1].Tensor.Values, third[1].Tensor.Values, "the second parameter");
    }

    [Fact]
    public void Weight_decay_of_matrices_alone_leaves_vectors_as_they_are()
    {
        Tensor matrix = Tensor.From([1f, 2f], new Shape(2, 1)).WithGradient(), vector = Tensor.From([1f, 2f], new Shape(2)).WithGradient();
        var optimizer = new AdamW([new("matrix", matrix), new("vector", vector)], learningRate: 0.5f, weightDecay: 0.1f) { DecaysVectors = false };
        Backward(matrix, Tensor.From(matrix.Values, matrix.Shape), 1); // a gradient of zero: only the decay acts
        Backward(vector, Tensor.From(vector.Values, vector.Shape), 1);
        optimizer.Step();
        Assert.Equal([0.95f, 1.9f], matrix.ToArray(), (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Equal([1f, 2f], vector.ToArray());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_parameter_without_gradient_is_left_alone(string kind)
    {
        NamedParameter[] parameters = TwoParameters();
        float[] before = parameters[1].Tensor.ToArray();
        Optimizer optimizer = Create(kind, parameters);
        Backward(parameters[0].Tensor, Tensor.Zeros(new Shape(3)), 1);
        optimizer.Step();
        TensorAssert.SameBits(before, parameters[1].Tensor.Values, "the parameter without gradient");
        Assert.All(optimizer.State(), s => Assert.StartsWith("a.", s.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Clipping_scales_all_gradients_to_the_largest_norm()
    {
        Tensor a = Tensor.From(3f).WithGradient(), b = Tensor.From(0f, 4f).WithGradient();
        var optimizer = new Sgd([new("a", a), new("b", b)], learningRate: 1f) { MaxGradientNorm = 1f };
        Backward(a, Tensor.Zeros(a.Shape), 0.5f); // gradient 3
        Backward(b, Tensor.Zeros(b.Shape), 0.5f); // gradient (0, 4)
        Assert.Equal(5, optimizer.Step(), 1e-5);
        Assert.Equal(3 - 0.6f, a.Item(), 1e-5);
        Assert.Equal([0f, 4 - 0.8f], b.ToArray(), (x, y) => Math.Abs(x - y) < 1e-5);
    }

    [Fact]
    public void Small_gradients_are_not_clipped_and_the_scale_counts_towards_the_norm()
    {
        Tensor a = Tensor.From(8f).WithGradient();
        var optimizer = new Sgd([new("a", a)], learningRate: 1f) { MaxGradientNorm = 3f };
        Backward(a, Tensor.Zeros(a.Shape), 0.5f); // gradient 8
        Assert.Equal(2, optimizer.Step(gradientScale: 0.25f), 1e-6);
        Assert.Equal(6, a.Item(), 1e-6);
    }

    [Fact]
    public void Gradients_that_are_not_finite_change_nothing()
    {
        NamedParameter[] parameters = TwoParameters();
        float[] before = parameters[1].Tensor.ToArray();
        var optimizer = new Adam(parameters, 0.1f);
        Backward(parameters[0].Tensor, Tensor.Full(new Shape(3), float.NaN), 1);
        Backward(parameters[1].Tensor, Tensor.Zeros(new Shape(2, 2)), 1);
        Assert.Equal(double.NaN, optimizer.Step());
        TensorAssert.SameBits(before, parameters[1].Tensor.Values, "the other parameter");
        Assert.Empty(optimizer.State());
    }

    [Fact]
    public void State_that_does_not_fit_is_named()
    {
        NamedParameter[] parameters = TwoParameters();
        var optimizer = new Adam(parameters, 0.1f);
        Train(optimizer, parameters, 0, 1);
        Dictionary<string, Tensor> state = optimizer.State().ToDictionary(s => s.Name, s => s.Tensor);
        Dictionary<string, Tensor> unknown = new(state) { ["c.step"] = Tensor.From(1f) };
        Assert.Contains("'c.step'", Assert.Throws<InvalidDataException>(() => optimizer.LoadState(unknown)).Message, StringComparison.Ordinal);
        Dictionary<string, Tensor> missing = new(state);
        missing.Remove("b.exp_avg_sq");
        Assert.Contains("'b.exp_avg_sq' is missing", Assert.Throws<InvalidDataException>(() => optimizer.LoadState(missing)).Message, StringComparison.Ordinal);
        Dictionary<string, Tensor> wrong = new(state) { ["b.exp_avg"] = Tensor.From(1f) };
        Assert.Contains("'b.exp_avg' is [1] and must be [2, 2]", Assert.Throws<InvalidDataException>(() => optimizer.LoadState(wrong)).Message, StringComparison.Ordinal);
    }

    private static NamedParameter[] TwoParameters() =>
    [
        new("a", RandomTensor.Normal(1, new Shape(3)).WithGradient()),
        new("b", RandomTensor.Normal(2, new Shape(2, 2)).WithGradient()),
    ];

    private static Optimizer Create(string kind, params NamedParameter[] parameters) => kind switch
    {
        "sgd_momentum" => new Sgd(parameters, 0.05f, momentum: 0.9f),
        "adam" => new Adam(parameters, 0.01f, 0.9f, 0.98f, 1e-9f),
        "adamw" => new AdamW(parameters, 0.01f, 0.9f, 0.95f, 1e-8f, 0.1f),
        "adagrad" => new Adagrad(parameters, 0.05f),
        _ => throw new ArgumentException($"no optimiser is named {kind}"),
    };

    private static void Train(Optimizer optimizer, NamedParameter[] parameters, int from, int to)
    {
        for (int step = from; step < to; step++)
        {
            optimizer.ClearGradients();
            foreach (NamedParameter parameter in parameters)
            {
                Backward(parameter.Tensor, Tensor.Full(parameter.Tensor.Shape, step), 1 + step);
            }

            optimizer.Step();
        }
    }

    // The gradient of factor * sum((w - a)^2): 2 * factor * (w - a).
    private static void Backward(Tensor w, Tensor a, float factor)
    {
        using Tape tape = Tape.Begin();
        Tensor difference = Ops.Subtract(w, a);
        tape.Backward(Ops.Sum(Ops.Multiply(difference, difference), factor));
    }
}
