using System.Text;
using Heed.Text.IO;

namespace Heed.Text.Tests.IO;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("heed-atomic-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private string Target => Path.Combine(directory, "model.bin");

    private string[] Files => [.. Directory.GetFiles(directory).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void A_new_file_holds_what_was_written_and_nothing_lies_beside_it()
    {
        AtomicFile.Write(Target, stream => stream.Write([1, 2, 3]));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(Target));
        Assert.Equal(["model.bin"], Files);
    }

    [Fact]
    public void A_shorter_content_replaces_a_longer_one()
    {
        AtomicFile.WriteAllBytes(Target, new byte[1000]);
        AtomicFile.WriteAllText(Target, "kurz – ü");

        Assert.Equal(Encoding.UTF8.GetBytes("kurz – ü"), File.ReadAllBytes(Target));
    }

    [Fact]
    public void While_writing_the_old_content_stands()
    {
        AtomicFile.WriteAllText(Target, "old");
        AtomicFile.Write(Target, stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(Target));
        });
        Assert.Equal("new", File.ReadAllText(Target));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5_000)]
    [InlineData(300_000)]
    public void A_full_disk_leaves_the_old_file_whole_and_no_partial_one(int room)
    {
        AtomicFile.WriteAllText(Target, "old");

        var error = Assert.Throws<IOException>(() => AtomicFile.Write(Target, stream =>
        {
            using var disk = new FullDiskStream(stream, room);
            for (int i = 0; i < 1000; i++)
            {
                disk.Write(new byte[1000]);
            }
        }));

        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal(["model.bin"], Files);
    }

    [Fact]
    public void An_error_of_the_caller_passes_through_and_leaves_nothing()
    {
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(Target, _ => throw new InvalidOperationException()));
        Assert.Empty(Files);
    }

    [Fact]
    public void Text_with_a_lone_surrogate_is_refused_and_the_old_file_stands()
    {
        AtomicFile.WriteAllText(Target, "old");
        Assert.Throws<EncoderFallbackException>(() => AtomicFile.WriteAllText(Target, "a\ud800b"));
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal(["model.bin"], Files);
    }

    [Fact]
    public void A_partial_file_left_by_a_killed_run_is_overwritten()
    {
        File.WriteAllBytes(AtomicFile.PartialPath(Target), new byte[5000]);
        AtomicFile.WriteAllText(Target, "new");

        Assert.Equal("new", File.ReadAllText(Target));
        Assert.Equal(["model.bin"], Files);
    }

    [Fact]
    public void A_second_writer_fails_and_does_not_disturb_the_first()
    {
        AtomicFile.Write(Target, stream =>
        {
            stream.Write("first"u8);
            Assert.Throws<IOException>(() => AtomicFile.WriteAllText(Target, "second"));
        });
        Assert.Equal("first", File.ReadAllText(Target));
    }

    [Fact]
    public void A_missing_directory_is_named()
    {
        string path = Path.Combine(directory, "nowhere", "model.bin");
        var error = Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.WriteAllText(path, "x"));
        Assert.Contains("nowhere", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Passes bytes on until its room is used up, then fails as a full disk does.</summary>
    private sealed class FullDiskStream(Stream inner, int room) : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => inner.Length;
        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }
        public override void Flush() => inner.Flush();
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            int taken = Math.Min(count, room);
            inner.Write(buffer, offset, taken);
            room -= taken;
            if (taken < count)
            {
                throw new IOException("No space left on device");
            }
        }
    }
}
