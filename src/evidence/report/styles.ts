/** The report's one style sheet: fonts of the reader's machine, and nothing from elsewhere. */
export const STYLES = `
:root { color-scheme: light; --ink: #1c2430; --soft: #5b6675; --line: #d6dbe2; --seen: #0b6e4f; --judged: #8a4b08; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 2rem 1.5rem 4rem; color: var(--ink); background: #fff;
  font: 16px/1.55 system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0 0 .3rem; }
h2 { font-size: 1.3rem; margin: 2.6rem 0 .6rem; padding-top: .8rem; border-top: 2px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.6rem 0 .4rem; }
p, ul, ol { margin: .5rem 0; }
.soft { color: var(--soft); }
.part { border-left: .3rem solid var(--line); padding-left: 1rem; }
.seen { border-color: var(--seen); } .judged { border-color: var(--judged); }
.tag { display: inline-block; padding: 0 .5rem; border-radius: .8rem; white-space: nowrap; font-size: .8rem; font-weight: 600; color: #fff; }
.seen .tag, .tag.fails { background: var(--seen); } .judged .tag, .tag.open { background: var(--judged); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0 1rem; font-size: .9rem; }
th, td { min-width: 5rem; max-width: 30rem; text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; }
th.number, .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code { font-family: ui-monospace, 'DejaVu Sans Mono', monospace; font-size: .88em; }
figure { margin: 1rem 0 1.4rem; } figure svg { width: 100%; height: auto; } figcaption { color: var(--soft); font-size: .9rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; } dt { color: var(--soft); } dd { margin: 0; }
nav { font-size: .9rem; } nav a { margin-right: .9rem; }
@media print { body { max-width: none; font-size: 11pt; } h2 { break-after: avoid; } figure, tr { break-inside: avoid; } nav { display: none; } }
`;
