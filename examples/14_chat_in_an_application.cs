#:project ../src/Heed.Extensions.AI
#:package Microsoft.Extensions.DependencyInjection

// A chat in an application: one line of registration, then the interfaces of Microsoft.Extensions.AI. With a real model:
// dotnet run examples/14_chat_in_an_application.cs -- model-folder "Why is the sky blue?"     (or model.gguf)
// Without one it makes a tiny model with random weights, which answers with random letters, but in the same way.
using Heed.Extensions.AI;
using Heed.Models.Causal;
using Heed.Models.Chat;
using Heed.Models.Generation;
using Heed.Nn.Positions;
using Heed.Tensors.Random;
using Heed.Text.Tokenizers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

var services = new ServiceCollection();
if (args.Length > 0)
{
    services.AddHeedChatClient(args[0]);
}
else
{
    services.AddSingleton<IChatClient>(_ => new HeedChatClient(TinyModel(), "tiny"));
}

using ServiceProvider provider = services.BuildServiceProvider();
IChatClient client = provider.GetRequiredService<IChatClient>();
var options = new ChatOptions { Instructions = "Answer in one sentence.", MaxOutputTokens = 40, Temperature = 0.7f, TopP = 0.9f, Seed = 1 };

// As a whole, with what it cost.
List<ChatMessage> conversation = [new(ChatRole.User, args.Length > 1 ? args[1] : "Why is the sky blue?")];
ChatResponse response = await client.GetResponseAsync(conversation, options);
Console.WriteLine($"{response.ModelId}: {response.Text.ReplaceLineEndings(" ")}");
Console.WriteLine($"tokens: {response.Usage!.InputTokenCount} read, {response.Usage.OutputTokenCount} written; ended for: {response.FinishReason}");

// The next turn as it comes. What the model read of the first one is not read again.
conversation.AddMessages(response);
conversation.Add(new ChatMessage(ChatRole.User, "And at night?"));
int parts = 0;
await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(conversation, options))
{
    Console.Write(update.Text.ReplaceLineEndings(" "));
    parts++;
}

Console.WriteLine();
Console.WriteLine(parts > 1 ? "came in parts" : "came as a whole");

static ChatGenerator TinyModel()
{
    Tokenizer tokenizer = TokenizerTrainer.Train(new TokenizerOptions { Kind = TokenizerKind.Characters, VocabSize = 320 }, ["The quick brown fox jumps over the lazy dog. Why? And at night!"]);
    var config = new DecoderOnlyConfig { VocabSize = tokenizer.VocabSize, DModel = 32, NumLayers = 2, NumHeads = 4, DFeedForward = 64, MaxLength = 512, Rotary = new RotaryPositions(10000) };
    var generator = new TextGenerator(new DecoderOnlyModel(config, new SeededRandom(1)), tokenizer, startId: tokenizer.Special.BosId);
    return new ChatGenerator(generator, ChatTemplate.Named("plain"));
}
