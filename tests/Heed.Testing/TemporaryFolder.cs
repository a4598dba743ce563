using System.IO.Compression;
using System.Text;

namespace Heed.Testing;

/// <summary>A folder that lives as long as one test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>The folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("heed-test-").FullName;

    /// <summary>The path of a file in the folder, which need not exist.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file into the folder.</summary>
    public string File(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(File(name), content);
        return File(name);
    }

    /// <summary>Writes a text in UTF-8, without a byte-order mark, into the folder.</summary>
    public string File(string name, string content) => File(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Packs bytes as a gzip file does.</summary>
    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
