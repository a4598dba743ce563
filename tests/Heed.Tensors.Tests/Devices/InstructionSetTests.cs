using System.Runtime.Intrinsics;

namespace Heed.Tensors.Tests.Devices;

/// <summary>When the test command switches an instruction set off, the switch must really have taken effect.</summary>
public sealed class InstructionSetTests
{
    [Fact]
    public void The_switch_that_the_test_command_set_took_effect()
    {
        switch (Environment.GetEnvironmentVariable("HEED_TEST_EXPECT"))
        {
            case "no-avx512":
                Assert.False(Vector512.IsHardwareAccelerated);
                break;
            case "no-avx2":
                Assert.False(Vector256.IsHardwareAccelerated);
                break;
            case "no-simd":
                Assert.False(Vector128.IsHardwareAccelerated);
                break;
            case null:
                break;
            case var other:
                Assert.Fail($"unknown expectation {other}");
                break;
        }
    }
}
