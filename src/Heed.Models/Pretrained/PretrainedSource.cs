using Heed.Models.Formats;
using Heed.Nn;

namespace Heed.Models.Pretrained;

/// <summary>The tensors of a foreign checkpoint as the parameters of a model.</summary>
internal sealed class PretrainedSource : IParameterSource
{
    private readonly ICheckpoint checkpoint;
    private readonly Dictionary<string, Place> places = new(StringComparer.Ordinal);
    private readonly List<string> extra;

    private sealed record Place(string? Tensor, string Canonical, TensorLayout? Layout, long[] OwnShape);

    public PretrainedSource(ICheckpoint checkpoint, TensorRules rules, IEnumerable<NamedParameter> parameters)
    {
        this.checkpoint = checkpoint;
        Dictionary<string, string> found = CanonicalNames(checkpoint, rules);
        var unused = new SortedSet<string>(found.Keys, StringComparer.Ordinal);
        foreach ((string own, Tensors.Tensor tensor) in parameters)
        {
            (string foreign, TensorLayout? layout) = rules.Find(own);
            places.Add(own, new Place(found.GetValueOrDefault(foreign), foreign, layout, [.. tensor.Shape.ToArray()]));
            unused.Remove(foreign);
        }

        extra = [.. unused.Select(name => found[name])];
    }

    public string Description => "the file";

    public IEnumerable<string> Names => places.Where(pair => pair.Value.Tensor is not null).Select(pair => pair.Key).Concat(extra);

    public string DisplayName(string name) => places.TryGetValue(name, out Place? place) ? place.Canonical : name;

    public IReadOnlyList<long> ShapeOf(string name)
    {
        Place place = places[name];
        IReadOnlyList<long> stored = checkpoint.Find(place.Tensor!)!.Shape;
        return stored.SequenceEqual(StoredShape(place)) ? place.OwnShape : stored;
    }

    /// <exception cref="ModelFileException">The tensor holds no floats, or one that is not finite.</exception>
    public void Read(string name, Span<float> destination)
    {
        Place place = places[name];
        if (place.Layout is null)
        {
            checkpoint.ReadFloat32(place.Tensor!, destination);
        }
        else
        {
            place.Layout.FromForeign(checkpoint.ReadFloat32(place.Tensor!), destination, place.OwnShape[0]);
        }

        checkpoint.RequireFinite(place.Tensor!, destination);
    }

    private static long[] StoredShape(Place place) => place.Layout?.ForeignShape(place.OwnShape) ?? place.OwnShape;

    private static Dictionary<string, string> CanonicalNames(ICheckpoint checkpoint, TensorRules rules)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (CheckpointTensor tensor in checkpoint.Tensors)
        {
            if (rules.Canonical(tensor.Name) is { } canonical && !found.TryAdd(canonical, tensor.Name))
            {
                throw new ModelFileException(checkpoint.FilePath, $"tensors {Display.Quote(found[canonical])} and {Display.Quote(tensor.Name)} are the same parameter");
            }
        }

        return found;
    }
}
