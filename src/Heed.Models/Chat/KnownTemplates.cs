namespace Heed.Models.Chat;

/// <summary>Conversations in the forms that many models were trained on, for checkpoints that lost their template, and a plain one for those that had none.</summary>
internal static class KnownTemplates
{
    private const string ChatMl = """
        {%- for message in messages %}
        {{- '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>\n' }}
        {%- endfor %}
        {%- if add_generation_prompt %}
        {{- '<|im_start|>assistant\n' }}
        {%- endif %}
        """;

    private const string Llama2 = """
        {%- set space = namespace(system='') %}
        {%- for message in messages %}
        {%- if message.role == 'system' %}
        {%- set space.system = '<<SYS>>\n' + message.content + '\n<</SYS>>\n\n' %}
        {%- elif message.role == 'user' %}
        {{- bos_token ~ '[INST] ' ~ space.system ~ message.content|trim ~ ' [/INST]' }}
        {%- set space.system = '' %}
        {%- else %}
        {{- ' ' ~ message.content|trim ~ ' ' ~ eos_token }}
        {%- endif %}
        {%- endfor %}
        """;

    private const string Llama3 = """
        {{- bos_token }}
        {%- for message in messages %}
        {{- '<|start_header_id|>' + message.role + '<|end_header_id|>\n\n' + message.content|trim + '<|eot_id|>' }}
        {%- endfor %}
        {%- if add_generation_prompt %}
        {{- '<|start_header_id|>assistant<|end_header_id|>\n\n' }}
        {%- endif %}
        """;

    private const string Mistral = """
        {{- bos_token }}
        {%- set space = namespace(system='') %}
        {%- for message in messages %}
        {%- if message.role == 'system' %}
        {%- set space.system = message.content + '\n\n' %}
        {%- elif message.role == 'user' %}
        {{- '[INST] ' ~ space.system ~ message.content ~ ' [/INST]' }}
        {%- set space.system = '' %}
        {%- else %}
        {{- ' ' ~ message.content|trim ~ eos_token }}
        {%- endif %}
        {%- endfor %}
        """;

    private const string Zephyr = """
        {%- for message in messages %}
        {{- '<|' + message.role + '|>\n' + message.content + eos_token + '\n' }}
        {%- endfor %}
        {%- if add_generation_prompt %}
        {{- '<|assistant|>\n' }}
        {%- endif %}
        """;

    private const string Plain = """
        {{- bos_token }}
        {%- for message in messages %}
        {{- message.content + '\n\n' if message.role == 'system' else message.role|capitalize + ': ' + message.content + '\n' }}
        {%- endfor %}
        {%- if add_generation_prompt %}
        {{- 'Assistant:' }}
        {%- endif %}
        """;

    private static readonly (string Name, string Text, string[] Stops)[] All =
    [
        ("chatml", ChatMl, ["<|im_end|>"]), ("llama2", Llama2, ["[INST]"]), ("llama3", Llama3, ["<|eot_id|>"]),
        ("mistral", Mistral, ["[INST]"]), ("plain", Plain, ["\nUser:"]), ("zephyr", Zephyr, ["<|user|>"]),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(known => known.Name)];

    public static (string Text, string[] Stops)? Find(string name) =>
        All.FirstOrDefault(known => known.Name == name) is { Name: not null } found ? (found.Text, found.Stops) : null;
}
