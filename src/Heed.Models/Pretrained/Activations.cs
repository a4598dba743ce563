using Heed.Tensors;

namespace Heed.Models.Pretrained;

/// <summary>Hugging Face's names of activations.</summary>
internal static class Activations
{
    /// <summary>All names; the first of several for one activation is the one that is written.</summary>
    public static readonly (string Name, Activation Value)[] Known =
    [
        ("relu", Activation.Relu), ("gelu", Activation.Gelu), ("gelu_new", Activation.GeluTanh),
        ("silu", Activation.Silu), ("swish", Activation.Silu), ("tanh", Activation.Tanh), ("sigmoid", Activation.Sigmoid), ("gelu_pytorch_tanh", Activation.GeluTanh), ("gelu_fast", Activation.GeluTanh),
    ];

    /// <summary>The activation under a key.</summary>
    public static Activation ReadActivation(this HuggingFaceConfig config, string key, string? otherwise = null) => config.Choose<Activation>(key, otherwise, Known);

    /// <summary>The name of an activation.</summary>
    public static string NameOf(Activation activation) => Known.First(known => known.Value == activation).Name;
}
