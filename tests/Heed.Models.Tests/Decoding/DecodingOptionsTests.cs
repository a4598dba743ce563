using Heed.Models.Configuration;
using Heed.Models.Decoding;

namespace Heed.Models.Tests.Decoding;

public sealed class DecodingOptionsTests
{
    public static TheoryData<DecodingOptions, string> OutOfRange => new()
    {
        { new() { BeamSize = 0 }, "beamSize 0 is out of range; it must be between 1 and 10000" },
        { new() { NBest = 6 }, "nBest 6 is out of range; it must be between 1 and 5; a beam finds at most as many outputs as it is wide" },
        { new() { LengthPenalty = double.NaN }, "lengthPenalty NaN is out of range; it must be between -10 and 10" },
        { new() { MaxLength = 0 }, "maxLength 0 is out of range; it must be between 1 and 1000000" },
        { new() { MinLength = 10, MaxLength = 10 }, "minLength 10 is out of range; it must be between 0 and 9" },
        { new() { MaxLengthFactor = -1 }, "maxLengthFactor -1 is out of range; it must be between 0 and 1000" },
        { new() { BatchTokens = 0 }, "batchTokens 0 is out of range; it must be between 1 and 2147483647" },
        { new() { EarlyStopping = (EarlyStopping)7 }, "earlyStopping 7 is not known; use one of WhenFull, WhenUnlikely, WhenImpossible" },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void A_value_out_of_range_is_refused(DecodingOptions options, string expected) =>
        Assert.Equal(expected, Assert.Throws<ConfigException>(options.Validate).Message);

    [Fact]
    public void The_defaults_are_valid_and_the_length_cap_grows_with_the_source()
    {
        var options = new DecodingOptions();
        options.Validate();
        Assert.Equal(40, options.MaxLengthFor(10));
        Assert.Equal(512, options.MaxLengthFor(1_000_000));
        Assert.Equal(1, (options with { MaxLengthFactor = 0, MaxLengthOffset = 0 }).MaxLengthFor(10));
    }

    [Fact]
    public void Start_and_padding_are_never_written_but_the_end_always_may_be()
    {
        Assert.Equal([0, 1], GenerationTokens.Create(1, 2, 0).NeverWritten);
        Assert.Equal([1], GenerationTokens.Create(2, 2, 1, 2).NeverWritten); // BART starts with its end token
    }
}
