using Heed.Testing;

namespace Heed.Training.Tests.Hostile;

/// <summary>Whatever stands in a file of a run: it is read, or refused in one sentence that names it, in bounded memory.</summary>
public sealed class HostileTrainingFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(TrainingFiles.Names), MemberType = typeof(TrainingFiles))]
    public void Cut_anywhere(string name) => TrainingFiles.Create(name, folder).CutEverywhere();

    [Theory]
    [MemberData(nameof(TrainingFiles.Names), MemberType = typeof(TrainingFiles))]
    public void Damaged_bytes_and_numbers(string name) => TrainingFiles.Create(name, folder).DamageBytes();

    [Theory]
    [MemberData(nameof(TrainingFiles.Names), MemberType = typeof(TrainingFiles))]
    public void Damaged_words_and_lines(string name) => TrainingFiles.Create(name, folder).DamageText();

    [Theory]
    [MemberData(nameof(TrainingFiles.Names), MemberType = typeof(TrainingFiles))]
    public void Noise(string name) => TrainingFiles.Create(name, folder).ReplaceByNoise();

    [Theory]
    [MemberData(nameof(TrainingFiles.Names), MemberType = typeof(TrainingFiles))]
    public void Nothing_folders_and_links_in_its_place(string name) => TrainingFiles.Create(name, folder).ReplaceByOtherThings();
}
