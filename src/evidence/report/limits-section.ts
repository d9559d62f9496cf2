import { FAMILIES } from '../../campaigns/campaign.ts';
import { formatUtc } from '../../slack/format.ts';
import { type Html, html, table } from './html.ts';
import type { ReportInput } from './report-input.ts';

/** What this dossier cannot show, and where its evidence does not look. */
export function limitsSection({ facts, names, head }: ReportInput): Html {
  const { campaign, looks, gone, closed, bounds, traitsFrom } = facts;
  const silent = FAMILIES.filter((family) => !campaign.evidence.reasons.some((reason) => reason.family === family));
  const gaps = looks.flatMap(({ detection }) =>
    detection.knownGaps.map((gap) => [html`<code>${detection.id}</code>`, gap]),
  );
  return html`<section id="limits"><h2>Limits and blind families</h2>
<ul>
<li>Families of evidence that say nothing of this campaign: ${silent.length === 0 ? 'none' : silent.join(', ')}. That may be because there is nothing, or because the gateway does not give the fields that they need.</li>
<li>The text of prompts is never kept. What was asked is known by keyed hashes, yes-or-no marks and a guess of the use alone, so no prompt can be shown.</li>
<li>What the records say of an account (plan, organisation, status) is as it was known when this was made; Retort keeps no history of it.</li>
<li>${closed ? `The data ends with the last whole day, ${formatUtc(bounds.to)}: exchanges after it are left out.` : 'The data ends within a day that was not over: asked again later, the same queries will count more.'} Exchanges of that time which arrive late change the counts.</li>
${bounds.exchangesFrom <= bounds.from ? '' : html`<li>Single exchanges are kept for a while only, and those before ${formatUtc(bounds.exchangesFrom)} are gone: which models were used, and for what, is told of the time since then alone${bounds.exchangesFrom > bounds.to ? ', which is none of this campaign’s' : ''}. Everything else rests on daily counts.</li>`}
${traitsFrom <= bounds.from ? '' : html`<li>Sightings of traits before ${formatUtc(traitsFrom)} are gone: shared traits, and what the detections find when they are asked again, are told of the time since then alone. The campaign’s own reasons stand as they were found.</li>`}
<li>${names.identified ? 'Accounts are named as the provider names them: handle this as personal data.' : 'Names of accounts and organisations are keyed pseudonyms; only the provider can say whose they are. The same account has the same pseudonym in every dossier of this installation.'}</li>
<li>The confidence is not calibrated on real campaigns.</li>
${gone.length === 0 ? '' : html`<li>Detections that spoke for it and are not loaded any more, so that they could not be asked again: ${gone.join(', ')}.</li>`}
</ul>
<h3>What the detections that speak for it do not see</h3>
${table(['detection', 'known gap'], gaps)}
<h3>How to check this dossier</h3>
<p><code>manifest.json</code> has the SHA-256 of every file; <code>retort dossier verify DIR</code> compares them, recomputes the audit part’s hashes and, with <code>--rerun</code> where the database is at hand, asks every query again. It was made by Retort ${head.retort} from the data as of ${head.as_of}; the key that its hashes are made with is named <code>${head.key_id}</code>.</p>
</section>`;
}
