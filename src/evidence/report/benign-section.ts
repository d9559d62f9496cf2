import type { BenignCheck } from '../benign-checks.ts';
import { type Html, html, table } from './html.ts';
import type { ReportInput } from './report-input.ts';

/** The benign explanations that were tried, and why each fails or is still open. */
export function benignSection({ checks, facts: { campaign } }: ReportInput): Html {
  const general = checks.filter(({ namedBy }) => namedBy === null);
  const named = checks.filter(({ namedBy }) => namedBy !== null);
  const { ruledOut } = campaign.evidence;
  return html`<section id="benign"><h2>What it is not</h2>
<p>Offices, courses, agent frameworks, evaluation harnesses and aggregators show by themselves much of what a campaign shows. These explanations were tried on the facts above. <span class="tag fails">fails</span> means that figures speak against it; <span class="tag open">open</span> that they do not exclude it, and a person must ask.</p>
${ruledOut.length === 0 ? '' : html`<p>Before anything was alerted, these had to fail: ${ruledOut.join(', ')}.</p>`}
${table(['explanation', 'verdict', 'why'], general.map(rowOf))}
<h3>Named by the detections themselves</h3>
${table(
  ['explanation', 'verdict', 'why', 'named by'],
  named.map((check) => [...rowOf(check), html`<code>${check.namedBy}</code>`]),
)}
</section>`;
}

const rowOf = ({ explanation, verdict, why }: BenignCheck) => [
  explanation,
  html`<span class="tag ${verdict}">${verdict}</span>`,
  why,
];
