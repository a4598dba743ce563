namespace Heed.Text.Tokenizers.Files.HuggingFace;

/// <summary>Chooses a reader by the "type" of a JSON object, and says which types there are when it is none of them.</summary>
internal sealed class NamedTypes<T>(string what, Dictionary<string, Func<JsonPlace, T>> readers)
{
    public T Read(JsonPlace place)
    {
        JsonPlace type = place.Get("type");
        return readers.TryGetValue(type.Text(), out Func<JsonPlace, T>? read)
            ? read(place)
            : throw type.Unknown($"{what} type", readers.Keys.Order(StringComparer.Ordinal));
    }
}
