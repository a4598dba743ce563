namespace Heed.Training.Compare.Report;

/// <summary>How the report looks, in light and dark, on wide and narrow screens.</summary>
/// <remarks>The colours of lines are those of Okabe and Ito 2008, made lighter or darker until they stand out from both grounds.</remarks>
internal static class ReportStyle
{
    public const string Css = """
        :root {
          color-scheme: light dark;
          --page: light-dark(#f7f6f2, #0f1317); --surface: light-dark(#ffffff, #161b21); --ink: light-dark(#1b2025, #e7e9e6);
          --muted: light-dark(#59616a, #9ba6b0); --line: light-dark(#e2e0d9, #2b333b);
          --s0: light-dark(#4d5660, #b9c2ca); --s1: light-dark(#b07000, #e69f00); --s2: light-dark(#a8428a, #e08ac0);
          --s3: light-dark(#00795a, #2cc295); --s4: light-dark(#2f86b8, #56b4e9); --s5: light-dark(#7a6fd0, #a99ff5);
          --s6: light-dark(#c04400, #ff7a3c); --s7: light-dark(#0060a0, #6aa8ff);
          font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; font-variant-numeric: tabular-nums;
        }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 8px clamp(14px, 4vw, 40px) 48px; max-width: 920px; background: var(--page); color: var(--ink); }
        h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.3rem); line-height: 1.15; letter-spacing: -0.015em; margin: 24px 0 12px; }
        h2 { font-size: 1.35rem; margin: 40px 0 6px; }
        h3 { font-size: 1.05rem; margin: 0 0 4px; }
        p { margin: 6px 0; }
        .muted, small { color: var(--muted); font-size: 0.86rem; }
        .note, .verdict { border-left: 3px solid var(--s6); padding-left: 12px; }
        .verdict { border-color: var(--s3); }
        figure { margin: 18px 0; padding: 18px clamp(12px, 2.4vw, 24px); background: var(--surface); border: 1px solid var(--line); border-radius: 12px; }
        .unit { color: var(--muted); font-size: 0.82rem; margin-top: 12px; }
        figure > svg { display: block; width: 100%; height: auto; overflow: visible; }
        svg text { font-size: 12.5px; fill: var(--ink); }
        svg text.axis { fill: var(--muted); font-size: 12px; paint-order: stroke; stroke: var(--surface); stroke-width: 4px; stroke-linejoin: round; }
        .grid { stroke: var(--line); fill: none; }
        .mark { stroke: var(--muted); stroke-dasharray: 1 4; fill: none; }
        .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
        .whisker { fill: none; stroke-width: 1; opacity: 0.55; }
        .bar { opacity: 0.75; }
        .interval { stroke: var(--ink); stroke-width: 1.5; fill: none; }
        .published { stroke: var(--ink); stroke-width: 3; fill: none; }
        .line.s0, .whisker.s0 { stroke: var(--s0); } .marker.s0, .bar.s0 { fill: var(--s0); }
        .line.s1, .whisker.s1 { stroke: var(--s1); } .marker.s1, .bar.s1 { fill: var(--s1); }
        .line.s2, .whisker.s2 { stroke: var(--s2); } .marker.s2, .bar.s2 { fill: var(--s2); }
        .line.s3, .whisker.s3 { stroke: var(--s3); } .marker.s3, .bar.s3 { fill: var(--s3); }
        .line.s4, .whisker.s4 { stroke: var(--s4); } .marker.s4, .bar.s4 { fill: var(--s4); }
        .line.s5, .whisker.s5 { stroke: var(--s5); } .marker.s5, .bar.s5 { fill: var(--s5); }
        .line.s6, .whisker.s6 { stroke: var(--s6); } .marker.s6, .bar.s6 { fill: var(--s6); }
        .line.s7, .whisker.s7 { stroke: var(--s7); } .marker.s7, .bar.s7 { fill: var(--s7); }
        .legend { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 10px 0; padding: 0; font-size: 0.9rem; }
        .legend li { display: flex; align-items: center; gap: 6px; }
        .sample { width: 34px; height: 14px; }
        details { font-size: 0.9rem; }
        summary { cursor: pointer; color: var(--muted); }
        :focus-visible { outline: 3px solid var(--s6); outline-offset: 2px; }
        .scroller { overflow-x: auto; }
        table { border-collapse: collapse; margin: 8px 0; }
        th, td { padding: 3px 10px; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
        th[scope="row"], thead th:first-child { text-align: left; font-weight: 600; }
        td small, th small { display: block; font-weight: 400; }
        pre { overflow-x: auto; font-size: 0.82rem; }
        code { overflow-wrap: anywhere; }
        @media (max-width: 560px) { svg text, svg text.axis { font-size: 19px; } }
        """;
}
