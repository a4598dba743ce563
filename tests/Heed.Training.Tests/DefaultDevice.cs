using Heed.Tensors.Devices;

namespace Heed.Training.Tests;

/// <summary>Changes the default device for a while; tests that do so run alone.</summary>
[CollectionDefinition(nameof(DefaultDevice), DisableParallelization = true)]
public sealed class DefaultDevice
{
    public static T With<T>(Device device, Func<T> action)
    {
        Device before = Device.Default;
        Device.Default = device;
        try
        {
            return action();
        }
        finally
        {
            Device.Default = before;
        }
    }
}
