namespace Heed.Testing.Book;

/// <summary>Names the entry of the book's numbers that a test checks.</summary>
/// <param name="entry">Its name.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class BookAttribute(string entry) : Attribute
{
    /// <summary>The entry's name.</summary>
    public string Entry { get; } = entry;
}
