namespace Heed.Models.Folders;

/// <summary>A <c>config.json</c>: how a configuration is written, and read again.</summary>
/// <typeparam name="TSelf">The file's record.</typeparam>
/// <typeparam name="TConfig">The configuration.</typeparam>
internal interface IConfigFile<TSelf, TConfig>
{
    /// <summary>The value of <c>model_type</c>.</summary>
    static abstract string Type { get; }

    static abstract TSelf From(TConfig config);

    /// <summary>The configuration, whose values are still to be checked.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="Configuration.ConfigException">A value asks for what this model is not.</exception>
    TConfig ToConfig(string path);
}
