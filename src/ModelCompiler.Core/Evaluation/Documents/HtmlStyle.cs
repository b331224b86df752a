namespace ModelCompiler.Evaluation.Documents;

/// <summary>The look of the page. Every colour of text has a contrast of at least 4.5 : 1 on what it stands on, by day and by night.</summary>
internal static class HtmlStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --page: #ffffff; --tile: #f3f5f8; --line: #d5dae1; --text: #1b1f24; --quiet: #56606b; --accent: #0b57d0; --bad: #a8201a; --warn: #774c00; }
        @media (prefers-color-scheme: dark) {
          :root { --page: #0f1318; --tile: #1a2027; --line: #39424e; --text: #e8edf2; --quiet: #a7b1bd; --accent: #7fb5ff; --bad: #ff9e97; --warn: #f0c15a; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
        header, main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
        header { padding-top: 2rem; }
        footer { padding-bottom: 3rem; color: var(--quiet); font-size: .875rem; }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
        h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; padding-top: 1rem; border-top: 1px solid var(--line); }
        p { margin: 0 0 .75rem; max-width: 46rem; }
        .quiet { color: var(--quiet); }
        .lead { font-size: 1.0625rem; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(10rem, 100%), 1fr)); gap: .75rem; padding: 0; margin: 1rem 0; list-style: none; }
        .tiles li { background: var(--tile); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; }
        .tiles h3 { font-size: .875rem; font-weight: 600; margin: 0; color: var(--quiet); }
        .tiles .now { font-size: 1.25rem; font-weight: 600; line-height: 1.3; margin: .125rem 0; }
        .tiles .unmeasured { font-size: 1rem; font-weight: 400; }
        .tiles .was { font-size: .875rem; color: var(--quiet); margin: 0; }
        .tiles img { display: block; width: 6rem; height: 6rem; object-fit: contain; margin-bottom: .5rem; }
        .scroll { overflow-x: auto; margin-bottom: .75rem; }
        .scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        table { border-collapse: collapse; width: 100%; font-size: .9375rem; overflow-wrap: normal; }
        th, td { text-align: left; vertical-align: top; padding: .375rem 1rem .375rem 0; border-bottom: 1px solid var(--line); }
        th { font-weight: 600; color: var(--quiet); }
        td { overflow-wrap: anywhere; min-width: 9rem; }
        td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; min-width: 0; }
        dl { display: grid; grid-template-columns: fit-content(40%) minmax(0, 1fr); gap: .375rem 1.25rem; margin: 0 0 1rem; }
        dt { color: var(--quiet); }
        dd { margin: 0; }
        code { font: .875em/1.4 ui-monospace, monospace; }
        svg { display: block; width: 100%; max-width: 34rem; height: auto; margin: .5rem 0 1rem; }
        svg text { fill: var(--text); font: 11px system-ui, sans-serif; }
        svg .axis { stroke: var(--quiet); }
        svg .bar, svg .point { fill: var(--accent); }
        svg .refused { fill: var(--page); stroke: var(--accent); stroke-width: 2; }
        svg .curve { fill: none; stroke: var(--accent); stroke-width: 2; }
        svg .before { stroke: var(--quiet); }
        svg .after { stroke-dasharray: 6 4; }
        svg .dot { fill: var(--quiet); }
        svg.legend { max-width: 20rem; margin: 0; }
        .multiples { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(14rem, 100%), 1fr)); gap: 0 1rem; }
        .multiples h3 { font-size: .9375rem; font-weight: 600; margin: .5rem 0 0; }
        summary { cursor: pointer; padding: .25rem 0; }
        .severity { font-weight: 600; }
        .error { color: var(--bad); }
        .warning { color: var(--warn); }
        .missing { color: var(--warn); font-weight: 600; }

        """;
}
