using Xunit;

namespace Heed.Testing.Hostile;

/// <summary>
/// Puts damaged versions of a good file in its place. Whatever the damage, its reader must read on or refuse it in one sentence that
/// names the file, and allocate little on the way.
/// </summary>
/// <remarks>The environment variable HEED_HOSTILE_FACTOR multiplies the number of damaged files.</remarks>
public sealed class HostileFile
{
    private const int LongestMessage = 1200;

    // For a longer search than each build can afford.
    private static readonly int Factor = int.TryParse(Environment.GetEnvironmentVariable("HEED_HOSTILE_FACTOR"), out int factor) ? factor : 1;

    private readonly string path;
    private readonly byte[] whole;
    private readonly Action read;
    private readonly Type[] refusals;

    /// <summary>Takes a good file and checks that it is one.</summary>
    /// <param name="path">The file, in a folder of the test's own.</param>
    /// <param name="read">Opens it and uses everything in it.</param>
    /// <param name="refusals">The exceptions that the reader documents for a malformed file.</param>
    public HostileFile(string path, Action read, params Type[] refusals)
    {
        this.path = path;
        this.read = read;
        this.refusals = refusals;
        whole = File.ReadAllBytes(path);
        read(); // which also pays for what is made once and kept
    }

    /// <summary>The most bytes that one reading may allocate.</summary>
    public long MostAllocated { get; init; } = 16_000_000;

    /// <summary>Whether the reader goes on without the file.</summary>
    public bool IsOptional { get; init; }

    /// <summary>How many bytes from the front are damaged; null is all.</summary>
    public int? Head { get; init; }

    /// <summary>How many damaged files of each kind.</summary>
    public int Rounds { get; init; } = 300;

    /// <summary>How many lengths a longer file is cut to.</summary>
    public int MaxCuts { get; init; } = int.MaxValue;

    /// <summary>Cuts the file at every length.</summary>
    /// <param name="mustBeNoticed">Whether every cut is an error, as in formats that say how long they are.</param>
    public void CutEverywhere(bool mustBeNoticed = false)
    {
        int step = (whole.Length / MaxCuts) + 1;
        for (int length = 0; length < whole.Length; length += step)
        {
            Exception? refusal = Try(whole[..length], $"cut at {length} of {whole.Length}");
            Assert.True(!mustBeNoticed || refusal is not null, $"cut at {length} of {whole.Length}: nothing was noticed");
        }
    }

    /// <summary>Flips bytes and plants extreme numbers at random places.</summary>
    public void DamageBytes() => Repeat(random => ByteDamage.Apply(whole, Math.Min(Head ?? whole.Length, whole.Length), random));

    /// <summary>Replaces, removes and repeats words and lines of a text at random places.</summary>
    public void DamageText() => Repeat(random => TextDamage.Apply(whole, random));

    /// <summary>Puts random bytes in the file's place.</summary>
    public void ReplaceByNoise() => Repeat(random =>
    {
        byte[] noise = new byte[random.Next(200)];
        random.NextBytes(noise);
        return noise;
    });

    /// <summary>Puts what is no file in its place: nothing, a folder, links to the file, to itself and to nothing.</summary>
    public void ReplaceByOtherThings()
    {
        File.Delete(path);
        AssertMissing("nothing");
        Directory.CreateDirectory(path);
        Exception? folder = AssertMissing("a folder");
        Assert.True(folder is null || folder.Message.Contains("folder", StringComparison.Ordinal) || folder.Message.Contains("no such file", StringComparison.Ordinal) || folder.Message.Contains("there is no", StringComparison.Ordinal), $"a folder in its place: {folder}");
        Directory.Delete(path);
        if (!OperatingSystem.IsWindows())
        {
            ReplaceByLinks();
        }

        File.WriteAllBytes(path, whole);
    }

    private void ReplaceByLinks()
    {
        string elsewhere = path + ".elsewhere";
        File.CreateSymbolicLink(path, elsewhere);
        AssertMissing("a link to nothing");
        File.WriteAllBytes(elsewhere, whole);
        read();
        File.Delete(elsewhere);
        File.Delete(path);
        File.CreateSymbolicLink(path, path);
        AssertMissing("a link to itself");
        File.Delete(path);
    }

    private Exception? AssertMissing(string what)
    {
        Exception? error = Record.Exception(read);
        Assert.True(error is IOException || (error is null && IsOptional), $"{what} in its place: {error?.ToString() ?? "nothing was noticed"}");
        return error;
    }

    private void Repeat(Func<Random, byte[]> damage)
    {
        int seed = RandomTensor.FreshSeed();
        for (int round = 0; round < Rounds * Factor; round++)
        {
            Try(damage(new Random(seed + round)), $"seed {seed}, round {round}");
        }
    }

    private Exception? Try(byte[] content, string what)
    {
        Write(content);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exception? error = Record.Exception(read);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(error is null || refusals.Contains(error.GetType()), $"{what}: {error}");
        Assert.True(error is null || IsOneSentence(error.Message), $"{what}: the message is not one sentence that names the file: {error?.Message}");
        Assert.True(allocated < MostAllocated + (20 * content.LongLength), $"{what}: {allocated} bytes were allocated");
        return error;
    }

    // Not by cutting the file to nothing first: some file systems then wait for the disk.
    private void Write(byte[] content)
    {
        using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write);
        stream.Write(content);
        stream.SetLength(content.Length);
    }

    private bool IsOneSentence(string message) =>
        message.Length is > 10 and < LongestMessage && !message.Contains('\n', StringComparison.Ordinal)
        && (message.Contains(Path.GetFileName(path), StringComparison.Ordinal) || message.Contains(Path.GetDirectoryName(path)!, StringComparison.Ordinal));
}
