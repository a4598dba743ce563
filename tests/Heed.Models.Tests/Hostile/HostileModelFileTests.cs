using Heed.Testing;

namespace Heed.Models.Tests.Hostile;

/// <summary>Whatever stands in a file of a model: it is read, or refused in one sentence that names it, in bounded memory.</summary>
public sealed class HostileModelFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(ModelFiles.BinaryNames), MemberType = typeof(ModelFiles))]
    public void A_cut_anywhere_is_noticed(string name) => ModelFiles.Create(name, folder).CutEverywhere(mustBeNoticed: true);

    [Theory]
    [MemberData(nameof(ModelFiles.TextNames), MemberType = typeof(ModelFiles))]
    public void A_text_cut_anywhere(string name) => ModelFiles.Create(name, folder).CutEverywhere();

    [Theory]
    [MemberData(nameof(ModelFiles.Names), MemberType = typeof(ModelFiles))]
    public void Damaged_bytes_and_numbers(string name) => ModelFiles.Create(name, folder).DamageBytes();

    [Theory]
    [MemberData(nameof(ModelFiles.TextNames), MemberType = typeof(ModelFiles))]
    public void Damaged_words_and_lines(string name) => ModelFiles.Create(name, folder).DamageText();

    [Theory]
    [MemberData(nameof(ModelFiles.Names), MemberType = typeof(ModelFiles))]
    public void Noise(string name) => ModelFiles.Create(name, folder).ReplaceByNoise();

    [Theory]
    [MemberData(nameof(ModelFiles.Names), MemberType = typeof(ModelFiles))]
    public void Nothing_folders_and_links_in_its_place(string name) => ModelFiles.Create(name, folder).ReplaceByOtherThings();
}
