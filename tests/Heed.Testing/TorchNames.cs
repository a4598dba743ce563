using System.Text.RegularExpressions;
using Heed.Tensors;

namespace Heed.Testing;

/// <summary>Translates the state-dict names of PyTorch's modules to the names of Heed's.</summary>
public static partial class TorchNames
{
    /// <summary>The tensors of a file whose names begin with a prefix, under Heed's names.</summary>
    /// <param name="golden">The file.</param>
    /// <param name="prefix"><c>param.</c> for values, <c>grad.param.</c> for gradients.</param>
    public static IReadOnlyDictionary<string, Tensor> Load(Golden golden, string prefix)
    {
        string[] names = [.. golden.Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];
        var result = new Dictionary<string, Tensor>();
        foreach (string name in names)
        {
            bool decoder = golden.Has(LayerOf().Match(name).Value + "norm3.weight");
            string heed = Translate(name[prefix.Length..], decoder);
            if (heed.Contains("in_proj_", StringComparison.Ordinal))
            {
                Split(golden[name], heed, result);
            }
            else
            {
                result.Add(heed, golden.Shape(name).Length == 3 ? KernelAsMatrix(golden[name]) : golden[name]);
            }
        }

        return result;
    }

    [GeneratedRegex(@"^.*(?=norm\d\.)")]
    private static partial Regex LayerOf();

    [GeneratedRegex(@"^(weight|bias)_(ih|hh)_l(\d+)(_reverse)?$")]
    private static partial Regex Recurrent();

    private static string Translate(string name, bool decoder)
    {
        name = Recurrent().Replace(name, m => $"layers.{m.Groups[3].Value}.{(m.Groups[4].Success ? "backward" : "forward")}.{m.Groups[1].Value}_{m.Groups[2].Value}");
        return name
            .Replace("transformer.", string.Empty)
            .Replace("embedding.", "shared.")
            .Replace("w_s.", "query_proj.")
            .Replace("w_h.", "memory_proj.")
            .Replace("multihead_attn.", "encoder_attn.")
            .Replace("linear1.", "fc1.")
            .Replace("linear2.", "fc2.")
            .Replace("norm1.", "self_attn_layer_norm.")
            .Replace("norm2.", decoder ? "encoder_attn_layer_norm." : "final_layer_norm.")
            .Replace("norm3.", "final_layer_norm.");
    }

    // A convolution's weight [out, in, kernel], as a matrix [out, kernel * in].
    private static Tensor KernelAsMatrix(Tensor weight) =>
        Ops.Reshape(Ops.Permute(weight, 0, 2, 1), new Shape(weight.Shape[0], weight.Shape[1] * weight.Shape[2]));

    // PyTorch keeps the three input projections of attention in one matrix [3 * dModel, dModel].
    private static void Split(Tensor fused, string name, Dictionary<string, Tensor> result)
    {
        int third = fused.Shape[0] / 3;
        string[] projections = ["q_proj.", "k_proj.", "v_proj."];
        for (int i = 0; i < 3; i++)
        {
            result.Add(name.Replace("in_proj_", projections[i]), Ops.Slice(fused, 0, i * third, third));
        }
    }
}
