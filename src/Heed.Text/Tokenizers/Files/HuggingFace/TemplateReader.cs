using Heed.Text.Tokenizers.Pipeline;
using Heed.Text.Tokenizers.PostProcessors;

namespace Heed.Text.Tokenizers.Files.HuggingFace;

/// <summary>Reads the object "post_processor".</summary>
internal sealed class TemplateReader(TokenTable table)
{
    public TokenTemplate Read(JsonPlace place) => new NamedTypes<TokenTemplate>("post_processor", new()
    {
        ["BertProcessing"] = found => TokenTemplate.Around([Token(found, "cls")], [Token(found, "sep")], [Token(found, "sep")]),
        ["ByteLevel"] = _ => TokenTemplate.None,
        ["RobertaProcessing"] = found => TokenTemplate.Around([Token(found, "cls")], [Token(found, "sep"), Token(found, "sep")], [Token(found, "sep")], secondType: 0),
        ["Sequence"] = Sequence,
        ["TemplateProcessing"] = Template,
    }).Read(place);

    // In the files of real models one step adds tokens, and others only concern positions in the text.
    private TokenTemplate Sequence(JsonPlace place)
    {
        JsonPlace processors = place.Get("processors");
        TokenTemplate[] templates = [.. processors.Items().Select(Read).Where(template => template != TokenTemplate.None)];
        return templates.Length <= 1
            ? templates.FirstOrDefault(TokenTemplate.None)
            : throw processors.Error($"{templates.Length} of the steps add tokens; one is supported");
    }

    private int Token(JsonPlace place, string name)
    {
        JsonPlace[] entry = place.Get(name).Items();
        return entry.Length == 2 ? Checked(entry[1]) : throw place.Get(name).Error($"expected [name, id], found {place.Get(name).Excerpt()}");
    }

    private TokenTemplate Template(JsonPlace place)
    {
        JsonPlace tokens = place.Get("special_tokens");
        return new TokenTemplate(Pieces(place.Get("single"), tokens), place.Find("pair") is { } pair ? Pieces(pair, tokens) : TokenTemplate.None.Pair);
    }

    private TemplatePiece[] Pieces(JsonPlace list, JsonPlace tokens) => [.. list.Items().Select(item => Piece(item, tokens))];

    private TemplatePiece Piece(JsonPlace item, JsonPlace tokens)
    {
        if (item.Find("Sequence") is { } sequence)
        {
            JsonPlace id = sequence.Get("id");
            int type = sequence.Get("type_id").Integer();
            return id.Text() switch
            {
                "A" => TemplatePiece.First(type),
                "B" => TemplatePiece.Second(type),
                _ => throw id.Unknown("sequence", ["A", "B"]),
            };
        }

        JsonPlace special = item.Get("SpecialToken");
        JsonPlace ids = tokens.Get(special.Get("id").Text()).Get("ids");
        return TemplatePiece.Tokens([.. ids.Items().Select(Checked)], special.Get("type_id").Integer());
    }

    private int Checked(JsonPlace place) => place.Integer() is >= 0 and int id && id < table.Count
        ? id
        : throw place.Error($"id {place.Excerpt()} is out of range: the vocabulary has {table.Count} ids");
}
