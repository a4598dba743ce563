using Heed.Models.Pretrained;
using Heed.Nn;
using Heed.Nn.Transformer;

namespace Heed.Models.Adapters;

/// <summary>A linear layer of a Transformer's stacks, as Hugging Face's library divides them: GPT-2's queries, keys and values are one.</summary>
/// <param name="Name">The layer's name in that library, for example <c>model.layers.0.self_attn.q_proj</c>.</param>
/// <param name="Parts">Our layers that it is made of, in the order of its outputs, and their names.</param>
internal sealed record AdaptableLayer(string Name, IReadOnlyList<(string Name, Linear Linear)> Parts)
{
    private const string Weight = ".weight";

    /// <summary>The width of its input.</summary>
    public int Inputs => Parts[0].Linear.Weight.Shape[1];

    /// <summary>The width of its output.</summary>
    public int Outputs => Parts.Sum(part => part.Linear.Weight.Shape[0]);

    /// <summary>The layers of a model's stacks, in the order of registration.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rules">How its tensors are called in files.</param>
    public static IReadOnlyList<AdaptableLayer> Of(Module model, TensorRules rules)
    {
        IEnumerable<(string Name, Module Module)> stacks = model.NamedModules().Where(part => part.Module is TransformerEncoder or TransformerDecoder);
        return
        [
            .. stacks.SelectMany(stack => Linears(stack.Module, stack.Name))
                .GroupBy(layer => NameOf(layer.Name, rules))
                .Select(group => new AdaptableLayer(group.Key, [.. group.OrderBy(layer => PartOf(layer.Name, rules))])),
        ];
    }

    /// <summary>The names, in files, of all linear layers of a model.</summary>
    public static IEnumerable<string> AllNames(Module model, TensorRules rules) => Linears(model, string.Empty).Select(layer => NameOf(layer.Name, rules)).Distinct();

    /// <summary>The parts that a name means, which is the last part of a full one or all of it; all parts where it is the whole layer's.</summary>
    public IEnumerable<int> PartsCalled(string target) =>
        Enumerable.Range(0, Parts.Count).Where(i => EndsWith(Name, target) || EndsWith(Parts[i].Name, target));

    /// <summary>Whether a full name ends in one of its own last parts.</summary>
    public static bool EndsWith(string name, string target) =>
        name.EndsWith(target, StringComparison.Ordinal) && (name.Length == target.Length || name[^(target.Length + 1)] == '.');

    private static IEnumerable<(string Name, Linear Linear)> Linears(Module module, string name) =>
        module.NamedModules().Where(part => part.Module is Linear).Select(part => (name.Length == 0 ? part.Name : $"{name}.{part.Name}", (Linear)part.Module));

    private static string NameOf(string own, TensorRules rules) => rules.Find(own + Weight).Name[..^Weight.Length];

    private static int PartOf(string own, TensorRules rules) => rules.Find(own + Weight).Layout is TransposedPart part ? part.Part : 0;
}
