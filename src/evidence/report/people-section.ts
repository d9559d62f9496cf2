import { formatUtc, formatWords } from '../../slack/format.ts';
import type { Attribution } from '../attribution.ts';
import { type Html, html, table } from './html.ts';
import type { ReportInput } from './report-input.ts';

/** Who decided what, from the audit's chain; and who is behind it, where a person states it. */
export function peopleSection({ facts: { audit }, names, attribution }: ReportInput): Html {
  const rows = audit.entries.map((entry) => [
    entry.seq,
    formatUtc(Date.parse(entry.at)),
    entry.actor === 'retort' ? 'Retort' : entry.actor,
    formatWords(entry.action.replace('.', ' ')),
    names.text(entry.reason),
    html`<code>${entry.hash.slice(0, 16)}…</code>`,
  ]);
  return html`<section id="people"><h2>Who decided what</h2>
<p>Every decision is an entry in a chain of hashes that cannot be changed without showing. These are the entries about this campaign; they stand in full in <code>audit.ndjson</code>. The chain ${audit.whole ? 'was found intact' : html`<strong>was found broken</strong>`} when this dossier was made; its head then was entry ${audit.head.seq}, <code>${audit.head.hash}</code>. Retort’s daily digests show such heads, so one can be compared with what was posted at the time.</p>
${table(['#entry', 'when', 'who', 'what', 'reason', 'hash'], rows)}
<h3>Attribution</h3>
${attribution === undefined ? html`<p>None was stated. Retort itself never says who is behind accounts: shared payment instruments or networks show that accounts belong together, not whose they are.</p>` : statement(attribution)}
</section>`;
}

function statement(stated: Attribution): Html {
  const [from, to] = stated.likelihood_percent;
  return html`<p>This is the statement of a person, not a finding of Retort’s:</p>
<dl><dt>Statement</dt><dd>${stated.statement}</dd>
<dt>Likelihood</dt><dd>${stated.likelihood} (${from}–${to} %, ${stated.standard})</dd>
<dt>Confidence in it</dt><dd>${stated.confidence}</dd>
<dt>Stated by</dt><dd>${stated.stated_by}, ${stated.stated_at}</dd>
<dt>It rests on</dt><dd><ul>${stated.evidence.map((each) => html`<li>${each}</li>`)}</ul></dd>
<dt>Against it</dt><dd>${stated.alternatives.length === 0 ? 'nothing was stated' : html`<ul>${stated.alternatives.map((each) => html`<li>${each}</li>`)}</ul>`}</dd></dl>`;
}
