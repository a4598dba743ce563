using Heed.Nn.Attention;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Tensors.Memory;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Nn.Tests;

public sealed class ModuleTests
{
    private static readonly TransformerLayerConfig Config = new() { DModel = 4, NumHeads = 2, DFeedForward = 6 };

    [Fact]
    public void Names_are_those_of_Hugging_Face_and_stable()
    {
        string[] expected =
        [
            "self_attn.q_proj.weight", "self_attn.q_proj.bias", "self_attn.k_proj.weight", "self_attn.k_proj.bias",
            "self_attn.v_proj.weight", "self_attn.v_proj.bias", "self_attn.out_proj.weight", "self_attn.out_proj.bias",
            "self_attn_layer_norm.weight", "self_attn_layer_norm.bias",
            "fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias", "final_layer_norm.weight", "final_layer_norm.bias",
        ];
        Assert.Equal(expected, new EncoderLayer(Config, null).NamedParameters().Select(p => p.Name));
        Assert.Equal(expected.Select(name => "layers.0." + name), new TransformerEncoder(Config, 1, null).NamedParameters().Select(p => p.Name));
    }

    [Fact]
    public void Parameter_count_counts_a_shared_parameter_once()
    {
        var module = new Tied();
        Assert.Equal(5 * 3, module.ParameterCount);
        Assert.Equal(["embed.weight"], module.NamedParameters().Select(p => p.Name));
    }

    [Fact]
    public void A_shared_parameter_gathers_the_gradients_of_all_its_uses()
    {
        var module = new Tied();
        Tensor x = module.Table.Weight;
        GradientCheck.Run(_ => module.Output.Forward(module.Table.Forward(new[] { 1, 4, 1 })), [x]);
    }

    [Fact]
    public void A_key_can_be_used_once() => Assert.Throws<ArgumentException>(() => new Twice());

    [Fact]
    public void Load_sets_every_parameter()
    {
        var from = new EncoderLayer(Config, new SeededRandom(1));
        var to = new EncoderLayer(Config, null);
        to.Load(from.NamedParameters().ToDictionary(p => p.Name, p => p.Tensor));
        foreach ((NamedParameter a, NamedParameter b) in from.NamedParameters().Zip(to.NamedParameters()))
        {
            TensorAssert.SameBits(a.Tensor.Values, b.Tensor.Values, a.Name);
        }
    }

    [Fact]
    public void Load_names_everything_that_does_not_fit_and_changes_nothing()
    {
        var linear = new Linear(2, 3, new SeededRandom(2));
        float[] before = linear.Weight.ToArray();
        var values = new Dictionary<string, Tensor> { ["weight"] = Tensor.Zeros(new Shape(2, 3)), ["gain"] = Tensor.Zeros(new Shape(1)) };
        var error = Assert.Throws<InvalidDataException>(() => linear.Load(values));
        Assert.Contains("Linear", error.Message, StringComparison.Ordinal);
        Assert.Contains("'weight' is [2, 3] and must be [3, 2]", error.Message, StringComparison.Ordinal);
        Assert.Contains("'bias' [3] is missing", error.Message, StringComparison.Ordinal);
        Assert.Contains("'gain' is not a parameter of the model", error.Message, StringComparison.Ordinal);
        TensorAssert.SameBits(before, linear.Weight.Values, "the weight");
    }

    [Fact]
    public void Clear_gradients_clears_all()
    {
        var linear = new Linear(2, 3, new SeededRandom(3));
        using (Tape tape = Tape.Begin())
        {
            tape.Backward(Ops.Sum(linear.Forward(Tensor.Full(new Shape(1, 2), 1f))));
        }

        Assert.All(linear.NamedParameters(), p => Assert.NotNull(p.Tensor.Gradient));
        linear.ClearGradients();
        Assert.All(linear.NamedParameters(), p => Assert.Null(p.Tensor.Gradient));
    }

    [Fact]
    public void Parameters_outlive_the_scope_they_were_made_in()
    {
        Linear linear;
        using (TensorScope.Begin())
        {
            linear = new Linear(2, 2, new SeededRandom(4));
        }

        Assert.Equal(4, linear.Weight.Values.Length);
    }

    [Fact]
    public void Initialisation_depends_on_the_seed_alone()
    {
        float[] Draw(ulong seed) => new MultiHeadAttention(8, 2, new SeededRandom(seed)).KeyProjection.Weight.ToArray();
        TensorAssert.SameBits(Draw(5), Draw(5), "the same seed");
        Assert.NotEqual(Draw(5), Draw(6));
    }

    [Fact]
    public void Xavier_uniform_has_its_bound_and_variance()
    {
        Tensor weight = Initialization.XavierUniform(100, 50, new SeededRandom(6));
        float bound = MathF.Sqrt(6f / 150);
        Assert.All(weight.ToArray(), value => Assert.InRange(value, -bound, bound));
        Assert.Equal(bound * bound / 3, weight.ToArray().Average(v => v * v), 5e-4);
    }

    private sealed class Tied : Module
    {
        public Tied()
        {
            Table = Child("embed", new Embedding(5, 3, new SeededRandom(7)));
            Output = Child("head", new Linear(Table.Weight));
        }

        public Embedding Table { get; }

        public Linear Output { get; }
    }

    private sealed class Twice : Module
    {
        public Twice()
        {
            Child("a", new Linear(1, 1, null));
            Parameter("a", Tensor.Zeros(new Shape(1)));
        }
    }
}
