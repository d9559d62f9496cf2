import { benignSection } from './benign-section.ts';
import { Html, html } from './html.ts';
import { inferredSection } from './inferred-section.ts';
import { limitsSection } from './limits-section.ts';
import { observedSection } from './observed-section.ts';
import { peopleSection } from './people-section.ts';
import type { ReportInput } from './report-input.ts';
import { STYLES } from './styles.ts';
import { summarySection } from './summary-section.ts';
import { timeLineSection } from './time-line-section.ts';

/** Nothing may be fetched or run, whatever a name in the data says. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

const CONTENTS = [
  ['summary', 'Summary'],
  ['observed', 'Observed'],
  ['inferred', 'Inferred'],
  ['time-line', 'Time-line'],
  ['benign', 'What it is not'],
  ['people', 'Who decided what'],
  ['limits', 'Limits'],
] as const;

/** The whole report: one page that needs nothing but itself. */
export function reportPage(input: ReportInput): string {
  const { head } = input;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${head.campaign}: dossier</title>
<link rel="icon" href="data:,">
<style>${new Html(STYLES)}</style>
</head>
<body>
<header>
<h1>Dossier of campaign ${head.campaign}</h1>
<p class="soft">As of ${head.as_of} · data from ${head.data.from} to ${head.data.to} · ${head.identified ? 'names accounts' : 'pseudonymised'} · TLP:${head.tlp.toUpperCase()} · Retort ${head.retort}</p>
<nav aria-label="Contents">${CONTENTS.map(([id, title]) => html`<a href="#${id}">${title}</a>`)}</nav>
</header>
<main>
${[summarySection, observedSection, inferredSection, timeLineSection, benignSection, peopleSection, limitsSection].map(
  (section) => html`${section(input)}
`,
)}</main>
</body>
</html>
`.markup;
}
