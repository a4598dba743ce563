using System.Text.Json;
using Heed.Text.Templates;

namespace Heed.Text.Tests.Templates;

/// <summary>The language of templates; what is expected was worked out by hand and is what Jinja 3.1 writes.</summary>
public sealed class TemplateTests
{
    private const string Values = """
        {"name": "Ada", "n": 7, "x": 2.5, "yes": true, "no": false, "nothing": null, "empty": "", "list": [3, 1, 2], "words": ["b", "A", "c"],
         "map": {"b": 1, "a": [1, "two", null, true, 2.0], "items": "own"}, "text": " Hello, World \n", "emoji": "a\ud83d\ude42b",
         "people": [{"name": "Bo", "age": 3, "tags": ["t"]}, {"name": "Al", "age": 5, "tags": []}, {"name": "Cy", "age": 3}]}
        """;

    private static readonly DateTimeOffset Moment = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Theory]
    [InlineData("{{ 1 + 2 * 3 }} {{ (1 + 2) * 3 }} {{ 2 ** 3 ** 2 }} {{ -7 // 2 }} {{ -7 % 3 }} {{ 7 / 2 }} {{ 6 / 2 }}", "7 9 64 -4 2 3.5 3.0")]
    [InlineData("{{ 'a' + 'b' }}{{ 'a' ~ 1 ~ none ~ true }}{{ 'ab' * 3 }} {{ [1] + ['x'] }}", "aba1NoneTrueababab [1, 'x']")]
    [InlineData("{{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ 2 == 2.0 }} {{ 'a' != 'b' }} {{ 3 in list }} {{ 'b' in map }} {{ 'or' in text }} {{ 9 not in list }}", "True False True True True True True True")]
    [InlineData("{{ yes and name }}|{{ no or 'else' }}|{{ not yes }}|{{ nothing or empty }}|{{ not no and 1 }}", "Ada|else|False||1")]
    [InlineData("{{ 'a' if yes else 'b' }}{{ 'a' if no else 'b' }}{{ 'a' if no }}{{ 'x' if no else 'y' if no else 'z' }}", "abz")]
    [InlineData("{{ list[0] }}{{ list[-1] }}{{ list[1:] }}{{ list[::-1] }}{{ list[:-1] }}{{ list[5:] }}{{ name[1:] }}{{ name[::-1] }}{{ emoji[1] }}{{ emoji[1:] }}{{ list[-9:2] }}{{ list[2:-9:-1] }}", "32[1, 2][2, 1, 3][3, 1][]daadA\U0001F642\U0001F642b[3, 1][2, 1, 3]")]
    [InlineData("{{ map.b }}{{ map['b'] }}{{ map['items'] }}{{ map.missing }}{{ map['missing'] is defined }}{{ map.a[1] }}{{ people[0].name }}{{ people[1]['age'] }}", "11ownFalsetwoBo5")]
    [InlineData("{{ true }} {{ false }} {{ none }} {{ True }} {{ None }} {{ 1.0 }} {{ 1e20 }} {{ 0.1 }} {{ 1_000 }} {{ 1e-7 }} {{ 123456789012345678.0 }} {{ x }}", "True False None True None 1.0 1e+20 0.1 1000 1e-07 1.2345678901234568e+17 2.5")]
    [InlineData("{{ [1, 'a', none, true, 2.5, \"it's\"] }} {{ {'k': 'v', 'l': [1]} }} {{ 'q\"' }} {{ ['q\"\\'', '\\n'] }}", "[1, 'a', None, True, 2.5, \"it's\"] {'k': 'v', 'l': [1]} q\" ['q\"\\'', '\\n']")]
    [InlineData("{{ 'a\\nb' }}{{ \"\\u00e9\\x41\\t|\" }}{{ 'it\\'s' }}{{ 'a' 'b' }}{{ '\\d' }}", "a\nbéA\t|it'sab\\d")]
    [InlineData("{{ undefined_name }}|{{ undefined_name is defined }}|{{ undefined_name is undefined }}|{{ undefined_name|default('d') }}|{{ empty|default('d') }}|{{ empty|default('d', true) }}|{{ nothing|d('x') }}", "|False|True|d||d|None")]
    [InlineData("{{ n is odd }}{{ n is even }}{{ n is number }}{{ name is string }}{{ map is mapping }}{{ list is iterable }}{{ list is sequence }}{{ nothing is none }}{{ nothing is not none }}{{ yes is boolean }}{{ n is divisibleby 7 }}{{ n is integer }}{{ x is float }}{{ yes is true }}{{ name is mapping }}{{ n is eq 7 }}{{ 'a' is in 'abc' }}{{ n is not divisibleby(2) }}", "TrueFalseTrueTrueTrueTrueTrueTrueFalseTrueTrueTrueTrueTrueFalseTrueTrueTrue")]
    [InlineData("{{ text|trim }}|{{ text.strip() }}|{{ name|upper }}{{ name|lower }}{{ 'ab cd'|title }}{{ 'aB'|capitalize }}|{{ name|length }}{{ list|count }}|{{ 'a-b'|replace('-', '+') }}|{{ name|first }}{{ list|last }}", "Hello, World|Hello, World|ADAadaAb CdAb|33|a+b|A2")]
    [InlineData("{{ list|join(', ') }}|{{ people|map(attribute='name')|join }}|{{ list|sort|join }}|{{ words|sort|join }}|{{ list|reverse|join }}|{{ list|sum }}|{{ list|max }}{{ list|min }}|{{ [1,1,2]|unique|join }}", "3, 1, 2|BoAlCy|123|Abc|213|6|31|12")]
    [InlineData("{{ people|selectattr('age', 'equalto', 3)|map(attribute='name')|list }}{{ people|rejectattr('tags')|list|length }}{{ list|select('gt', 1)|list }}{{ list|reject('odd')|list }}{{ words|map('upper')|join(',') }}", "['Bo', 'Cy']2[3, 2][2]B,A,C")]
    [InlineData("{{ map|tojson }}|{{ 'é\"\\n<>&'|tojson }}|{{ nothing|tojson }}|{{ [1, 2.0, true]|tojson }}|{{ {}|tojson }}{{ []|tojson(indent=2) }}", "{\"b\": 1, \"a\": [1, \"two\", null, true, 2.0], \"items\": \"own\"}|\"é\\\"\\n<>&\"|null|[1, 2.0, true]|{}[]")]
    [InlineData("{{ map|tojson(indent=2) }}", "{\n  \"b\": 1,\n  \"a\": [\n    1,\n    \"two\",\n    null,\n    true,\n    2.0\n  ],\n  \"items\": \"own\"\n}")]
    [InlineData("{{ '5'|int + 1 }}{{ 'x'|int }}{{ 2.9|int }}{{ '2.5'|float }}{{ 3|string + 'x' }}{{ -3|abs }}{{ 2.567|round(2) }}{{ 2.5|round }}{{ 'abc'|list }}", "6022.53x32.572.0['a', 'b', 'c']")]
    [InlineData("{{ 'a,b,c'.split(',') }}{{ 'a,b,c'.split(',', 1) }}{{ ' a  b '.split() }}{{ 'a b c'.rsplit(' ', 1) }}{{ 'x'.join(['a', 'b']) }}{{ 'abc'.startswith('ab') }}{{ 'abc'.endswith(('x', 'c')) }}{{ 'abab'.replace('a', 'x', 1) }}{{ 'abc'.find('c') }}{{ 'Abc'.lower() }}{{ 'xxaxx'.strip('x') }}{{ 'a</s>'.rstrip('</s>') }}", "['a', 'b', 'c']['a', 'b,c']['a', 'b']['a b', 'c']axbTrueTruexbab2abcaa")]
    [InlineData("{{ n - 1 }}{{ -n }}{{ - n + 1 }}{{ 10 - 2 - 3 }}{{ 2 * -1 }}{{ 1 if not no else 2 }}{{ not n is even }}{{ n is defined and n > 3 }}{{ name is defined and not name is none }}", "6-7-65-21TrueTrueTrue")]
    [InlineData("{{ name is string or x is number }}{{ (name) }}{{ ()|length }}{{ range(3)|list }}{{ range(1, 10, 3)|list }}{{ range(3, 0, -1)|list }}{{ dict(a=1).a }}", "TrueAda0[0, 1, 2][1, 4, 7][3, 2, 1]1")]
    [InlineData("{{ strftime_now('%d %b %Y') }} {{ strftime_now('%Y-%m-%d %H:%M:%S %A %B %j %y %I%p %-d %%') }}", "04 Mar 2026 2026-03-04 05:06:07 Wednesday March 063 26 05AM 4 %")]
    [InlineData("{{ {'a': {'b': 1}}.a.b }}{{ '}}' }}{{ \"%}\" }}", "1}}%}")]
    [InlineData("{{ words|map('lower')|sort|join('') }}{{ people|map(attribute='tags', default='-')|list }}{{ people|sort(attribute='age')|map(attribute='name')|join }}{{ people|sum(attribute='age') }}", "abc[['t'], [], '-']BoCyAl11")]
    [InlineData("{{ 'a\nb\n\nc'|indent }}|{{ 'a\nb'|indent(2, true) }}|{{ ' %s'|trim }}{{ 'a b  c'|wordcount }}", "a\n    b\n\n    c|  a\n  b|%s3")]
    [InlineData("{{ 'abc'|reverse }}{{ 1 == true }}{{ 'a' < 'b' }}{{ [1, 2] < [1, 3] }}{{ [1, [2]] == [1, [2]] }}{{ {'a': 1} == {'a': 1.0} }}{{ none == false }}", "cbaTrueTrueTrueTrueTrueFalse")]
    public void Expressions(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("{{ map.get('b') }}{{ map.get('z') }}{{ map.get('z', 9) }}{{ map.keys()|list }}{% for k, v in map.items() %}{{ k }}={{ v }};{% endfor %}{% for k in map %}{{ k }}{% endfor %}{{ map|items|list|length }}{% for k, v in map|dictsort %}{{ k }}{% endfor %}", "1None9['b', 'a', 'items']b=1;a=[1, 'two', None, True, 2.0];items=own;baitems3abitems")]
    [InlineData("{% for x in list %}{{ loop.index }}{{ loop.index0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.revindex }}:{{ x }} {% endfor %}", "10TrueFalse33:3 21FalseFalse32:1 32FalseTrue31:2 ")]
    [InlineData("{% for x in [] %}x{% else %}none{% endfor %}{% for x in list if x > 1 %}{{ x }}/{{ loop.length }} {% endfor %}{% for a, b in [[1, 2], [3, 4]] %}{{ a }}{{ b }}{% endfor %}", "none3/2 2/2 1234")]
    [InlineData("{% for x in list %}{% if loop.previtem is defined %}{{ loop.previtem }}<{% endif %}{{ x }}{% if not loop.last %}{{ loop.nextitem }},{% endif %}{{ loop.cycle('o', 'e') }}{% endfor %}", "31,o3<12,e1<2o")]
    [InlineData("{% for x in range(10) %}{% if x == 2 %}{% continue %}{% endif %}{% if x == 5 %}{% break %}{% endif %}{{ x }}{% endfor %}", "0134")]
    [InlineData("{% set a = 1 %}{% for x in list %}{% set a = x %}{% endfor %}{{ a }}{% set ns = namespace(found=false, i=0) %}{% for x in list %}{% set ns.found = true %}{% set ns.i = ns.i + x %}{% endfor %}{{ ns.found }}{{ ns.i }}", "1True6")]
    [InlineData("{% if no %}a{% elif nothing %}b{% elif yes %}{% set q = 'set in if' %}c{% else %}d{% endif %}{{ q }}{% for i in [1, 2] %}{{ w }}{% set w = i %}{% endfor %}", "cset in if")]
    [InlineData("{% set a, b = 1, 2 %}{{ a }}{{ b }}{% set t %}x{{ name }}y{% endset %}{{ t|upper }}{% set u | upper %}abc{% endset %}{{ u }}", "12XADAYABC")]
    [InlineData("{% macro greet(who, mark='!') %}Hi {{ who }}{{ mark }}{% endmacro %}{{ greet('Bo') }}{{ greet('Al', mark='?') }}{{ greet(who=name) }}{% set r = greet('x') %}{{ r|length }}", "Hi Bo!Hi Al?Hi Ada!5")]
    [InlineData("{% macro fact(k) %}{{ 1 if k < 2 else k * (fact(k - 1)|int) }}{% endmacro %}{{ fact(5) }}", "120")]
    [InlineData("{% for p in people %}{% for t in p.tags %}{{ loop.depth }}{{ t }}{% endfor %}{% endfor %}{% set m = people[0] %}{{ m['name'] + '!' }}", "1tBo!")]
    [InlineData("{% raw %}{{ x }} {% if %}{% endraw %}{# comment #}{% if yes %}{# in #}ok{% endif %}", "{{ x }} {% if %}ok")]
    [InlineData("{% for message in people %}{{ message['name'] | trim + '|' }}{% endfor %}", "Bo|Al|Cy|")]
    [InlineData("{% set first %}{% for x in list %}{{ x }}{% endfor %}{% endset %}[{{ first }}]", "[312]")]
    [InlineData("{% if messages is not defined %}no{% endif %}{{ [1,2,3][1:][0] }}{{ 'x' if list|length > 2 else 'y' }}{{ (list|length - 1) % 2 == 0 }}", "no2xTrue")]
    public void Statements(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("a\n{% if yes %}\nb\n{% endif %}\nc\n", "a\nb\nc")]
    [InlineData("a\n  {% if yes %}\n  b\n  {% endif %}\n  c {{ name }}\n\n", "a\n  b\n  c Ada\n")]
    [InlineData("a {%- if yes -%} b {%- endif -%} c\n{{- name -}}\n d", "abcAdad")]
    [InlineData("  {%+ if yes %}x{% endif +%}\ny\n{# gone #}\nz {# stays #} w\n", "  x\ny\nz  w")]
    [InlineData("{% for x in list %}\n    {{- x }}\n{% endfor %}\nend", "3\n1\n2\nend")]
    [InlineData("{{ name }}\n{% set a = 1 %}\n{{ a }}\n", "Ada\n1")]
    [InlineData("x {% if yes %} y {% endif %} z\n\t{% if yes %}q{% endif %}\n", "x  y  z\nq")]
    [InlineData("{%- for x in list -%}\n  {{ x }}\n{%- endfor %}\n\n|", "312\n|")]
    [InlineData("a\r\n{% if yes %}\r\nb{% endif %}\r\n", "a\nb")]
    public void White_space(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("a\n{{ 1 + }}", "chat: line 2: expected a value, found \"}}\"")]
    [InlineData("{% if a %}\nx", "line 2: expected {% endif %} for the tag of line 1, found the end of the template")]
    [InlineData("{% for a in b %}{% endif %}", "line 1: expected {% endfor %} for the tag of line 1, found \"endif\"")]
    [InlineData("{% endif %}", "line 1: \"endif\" closes nothing")]
    [InlineData("{{ 'a }}", "never ends")]
    [InlineData("\n{{ a", "line 2: the tag is never closed with }}")]
    [InlineData("{# a", "never closed with #}")]
    [InlineData("{{ a ? b }}", "\"?\" is no sign")]
    [InlineData("{% include 'x' %}", "the tag \"include\" is not known; known are break, continue, for")]
    [InlineData("{{ a|shout }}", "there is no filter \"shout\"; known are abs")]
    [InlineData("{{ a is pretty }}", "there is no test \"pretty\"")]
    [InlineData("{% break %}", "outside of every loop")]
    [InlineData("{% for x in list recursive %}{% endfor %}", "recursive loops are not supported")]
    [InlineData("\n\n{{ missing.part }}", "line 3: \"missing\" is not defined, so it has no \"part\"")]
    [InlineData("{{ missing() }}", "\"missing\" is not defined, so it cannot be called")]
    [InlineData("{{ name() }}", "a text cannot be called")]
    [InlineData("{{ 1 + 'a' }}", "\"+\" does not go between a whole number and a text")]
    [InlineData("{{ missing + 'a' }}", "between the undefined \"missing\" and a text")]
    [InlineData("{{ 1 < 'a' }}", "have no order")]
    [InlineData("{{ 1 // 0 }}", "divided by zero")]
    [InlineData("{{ 9223372036854775807 + 1 }}", "too large")]
    [InlineData("{% for x in 5 %}{% endfor %}", "a whole number has no entries")]
    [InlineData("{% set name.x = 1 %}", "only a part of a namespace can be set")]
    [InlineData("{% set a, b = [1] %}", "1 entries are given to 2 names")]
    [InlineData("{{ raise_exception('Roles must alternate') }}", "the template says: Roles must alternate")]
    [InlineData("{{ strftime_now('%Q') }}", "the time format %Q is not known")]
    [InlineData("{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}", "the macro m takes a")]
    public void Mistakes_are_named_with_their_line(string template, string expected)
    {
        var error = Assert.Throws<TemplateException>(() => Render(template));
        Assert.StartsWith("chat: line ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "does not end within")]
    [InlineData("{{ range(9999999) }}", "list of 9999999 entries")]
    [InlineData("{{ 'a' * 99999999999 }}", "a text of")]
    [InlineData("{% set ns = namespace(t='ab') %}{% for i in range(99) %}{% set ns.t = ns.t + ns.t %}{% endfor %}", "a text of")]
    [InlineData("{% set ns = namespace(t=[1]) %}{% for i in range(99) %}{% set ns.t = ns.t + ns.t %}{% endfor %}", "a list of")]
    [InlineData("{% set ns = namespace(t='ab') %}{% for i in range(99) %}{% set ns.t = ns.t|replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaaa') %}{% endfor %}", "a text of")]
    [InlineData("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "macros call each other more than 50 deep")]
    public void Work_is_bounded(string template, string expected) =>
        Assert.Contains(expected, Assert.Throws<TemplateException>(() => Render(template, new TemplateLimits { Steps = 1_000_000, OutputLength = 1_000_000 })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("not ", "")]
    [InlineData("-", "")]
    [InlineData("1 if 1 else ", "")]
    public void Nesting_is_bounded(string open, string close)
    {
        string template = "{{ " + string.Concat(Enumerable.Repeat(open, 20_000)) + "1" + string.Concat(Enumerable.Repeat(close, 20_000)) + " }}";
        Assert.Contains("nested more than", Assert.Throws<TemplateException>(() => Render(template)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_chain_is_no_nesting()
    {
        Assert.Equal("2000", Render("{{ 1" + string.Concat(Enumerable.Repeat(" + 1", 1999)) + " }}"));
        Assert.Contains("nested more than", Assert.Throws<TemplateException>(() => Render("{{ 1" + string.Concat(Enumerable.Repeat(" + 1", 200_000)) + " }}")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_moment_there_is_no_clock() =>
        Assert.Equal("False", Template.Parse("{{ strftime_now is defined }}").Render(new Dictionary<string, object?>()));

    [Fact]
    public void Any_damage_gives_an_error_in_words_or_another_text()
    {
        int seed = Heed.Testing.RandomTensor.FreshSeed();
        var random = new Random(seed);
        const string signs = "{}%#-+|.()[]'\"\\ \nifforsetendx0,:=~*";
        const string whole = "{% macro m(a='x') %}{{ a|upper }}{% endmacro %}{% for p in people if p.age > 2 %}{%- if loop.first and p is mapping -%}{{ m(p.name[0:1]) ~ list[::-1] }}{% else %}{% set q = {'k': -n} %}{{ q['k'] + 1.5 }}{% endif %}{% endfor %}";
        for (int round = 0; round < 5000; round++)
        {
            char[] letters = whole.ToCharArray();
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                letters[random.Next(letters.Length)] = signs[random.Next(signs.Length)];
            }

            string template = new string(letters)[..random.Next(whole.Length / 2, whole.Length)];
            Exception? error = Record.Exception(() => Render(template));
            Assert.True(error is null or TemplateException, $"seed {seed}, round {round}: {template}\n{error}");
        }
    }

    private static string Render(string template, TemplateLimits? limits = null)
    {
        using JsonDocument values = JsonDocument.Parse(Values);
        return Template.Parse(template, "chat", limits).Render(values.RootElement.EnumerateObject().ToDictionary(pair => pair.Name, pair => (object?)pair.Value), Moment);
    }
}
