import { FAMILIES, type Family, type Reason } from '../../campaigns/campaign.ts';
import { FAMILY_COUNTS } from '../../campaigns/find-evidence.ts';
import { FAMILY_CAPS, PRIOR } from '../../campaigns/score-group.ts';
import { formatCount, formatNumber, formatPercent } from '../../slack/format.ts';
import type { Look } from '../look-again.ts';
import { drawChart } from './charts.ts';
import { type Html, html, table } from './html.ts';
import type { ReportInput } from './report-input.ts';

/** What Retort makes of the facts: scores, and what they are against. */
export function inferredSection(input: ReportInput): Html {
  const { campaign, activeAccounts, windowEnd } = input.facts;
  return html`<section id="inferred" class="part judged"><h2>What is inferred <span class="tag">scores</span></h2>
<p>Whether these accounts are one campaign is a judgement. Retort compares two explanations: that they are one, and the <em>null</em>: that they are accounts like everyone else’s, and share only as much as others share by chance. For each family of evidence it asks how much likelier what was found is of the first than of the second.</p>
<h3>Evidence and null, finding by finding</h3>
${findings(input)}
<p class="soft">“Everyone else’s share” is the share of all other active accounts that show the same: the null. “Expected” is how many of these accounts would, were they like everyone else. The weight is the natural logarithm of the likelihood ratio, as it stood when the campaign was last judged.</p>
<h3>Families together</h3>
${sum(input)}
<h3>The same detections, asked again</h3>
<p>Over the window that ends at ${new Date(windowEnd).toISOString()}, with ${formatCount(activeAccounts, 'account')} active, each detection that speaks for the campaign was run once more for this dossier:</p>
${table(
  ['detection', '#findings', '#of these accounts', '#of all others', '#everyone else’s share'],
  input.facts.looks.map((look) => lookRow(look, Math.max(1, activeAccounts - campaign.accountCount))),
)}
</section>`;
}

function findings({ facts: { campaign }, names }: ReportInput): Html {
  const { reasons } = campaign.evidence;
  return table(
    [
      'family',
      'detection',
      'finding',
      '#accounts',
      '#everyone else’s share',
      '#expected',
      '#weight',
      '#times likelier',
    ],
    reasons.map((reason) => [
      reason.family,
      html`<code>${reason.detection}</code>`,
      names.text(reason.text),
      `${formatNumber(reason.accounts)} of ${formatNumber(campaign.accountCount)}`,
      smallShare(reason.baseRate),
      expected(reason, campaign.accountCount),
      reason.weight.toFixed(1),
      timesLikelier(reason.weight),
    ]),
  );
}

function sum({ facts: { campaign } }: ReportInput): Html {
  const best = new Map<Family, number>();
  for (const { family, weight } of campaign.evidence.reasons) {
    best.set(family, Math.max(weight, best.get(family) ?? 0));
  }
  const rows = FAMILIES.map((family) => {
    const weight = best.get(family);
    const counted = weight === undefined ? 0 : Math.min(FAMILY_CAPS[family], Math.max(0, weight));
    return { family, weight, cap: FAMILY_CAPS[family], counted };
  });
  const { prior = PRIOR } = campaign.evidence;
  const total = rows.reduce((all, row) => all + row.counted, prior);
  const chart = drawChart({
    id: 'families',
    kind: 'bar',
    lying: true,
    labels: rows.map(({ family }) => family),
    series: [
      { name: 'counted', values: rows.map(({ counted }) => Math.round(counted * 100) / 100) },
      { name: 'at most', values: rows.map(({ cap }) => cap) },
    ],
    unit: 'weight',
  });
  return html`<figure>${chart}<figcaption>Each family counts its best finding up to a cap, so that none convicts alone; below ${FAMILY_COUNTS} it is not counted among the families that tie them.</figcaption></figure>
${table(
  ['family', '#best weight', '#cap', '#counted'],
  rows.map(({ family, weight, cap, counted }) => [
    family,
    weight === undefined ? 'silent' : weight.toFixed(1),
    cap.toFixed(1),
    counted.toFixed(1),
  ]),
)}
<p>Few groups that share something are campaigns, so the sum begins at ${prior.toFixed(1)} before any evidence. With the families it comes to ${total.toFixed(1)}; the campaign stands at <strong>${formatPercent(campaign.confidence)}</strong>. The two differ where a family’s finding was stronger once, or was left out when the group was judged. This figure has not been calibrated on real campaigns: read it as an order of evidence, not as a frequency.</p>`;
}

function lookRow({ detection, hits, inside, outside }: Look, others: number) {
  return [
    html`<code>${detection.id}</code>`,
    formatNumber(hits.length),
    formatNumber(inside),
    formatNumber(outside),
    smallShare(outside / others),
  ];
}

function expected({ baseRate }: Reason, accounts: number): string {
  const value = baseRate * accounts;
  return value < 10 ? value.toFixed(1) : formatNumber(value);
}

/** Shares of a thousandth matter here. */
const smallShare = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 2 : 0)}\u{a0}%`;

function timesLikelier(weight: number): string {
  const ratio = Math.exp(Math.max(0, weight));
  if (ratio > 1e6) return 'over a million';
  return ratio < 10 ? ratio.toFixed(1) : formatNumber(ratio);
}
