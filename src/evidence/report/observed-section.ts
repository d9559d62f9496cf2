import { CAPABILITIES } from '../../campaigns/marks.ts';
import { kindOfTrait } from '../../campaigns/trait.ts';
import { formatCount, formatNumber, formatPercent, formatUtc, formatWords } from '../../slack/format.ts';
import type { DossierFacts } from '../gather-dossier.ts';
import { formatTrait } from '../trait-name.ts';
import { drawChart } from './charts.ts';
import { type Html, html, table } from './html.ts';
import type { ReportInput } from './report-input.ts';

/** Traits that the report itself shows; the table beside it has them all. */
const SHOWN_TRAITS = 20;

/** What was counted: nothing in it depends on a score. */
export function observedSection({ facts }: ReportInput): Html {
  return html`<section id="observed" class="part seen"><h2>What was observed <span class="tag">facts</span></h2>
<p>Counts over the provider’s own records, each by a query of <code>queries.json</code> over the data from ${formatUtc(facts.bounds.from)} to ${formatUtc(facts.bounds.to)}. They are so whether or not anybody thinks that the accounts belong together.</p>
${sums(facts)}
<h3>Exchanges over time</h3>
${trafficChart(facts)}
<h3>Hours of the day</h3>
${hoursChart(facts)}
<h3>What the models were used for</h3>
${uses(facts)}
<h3>What the accounts share</h3>
${traits(facts)}
</section>`;
}

function sums({ activity, population }: DossierFacts): Html {
  const of = (isCampaign: boolean) => activity.filter((row) => row.is_campaign === isCampaign);
  const total = (
    isCampaign: boolean,
    column: 'exchanges' | 'elicited' | 'refused' | 'input_tokens' | 'output_tokens',
  ) => of(isCampaign).reduce((sum, row) => sum + row[column], 0);
  const accountDays = (isCampaign: boolean) => of(isCampaign).reduce((sum, row) => sum + row.accounts, 0);
  const share = (part: number, whole: number) => (whole === 0 ? '–' : formatPercent(Math.min(1, part / whole)));
  const pace = (isCampaign: boolean) =>
    (total(isCampaign, 'exchanges') / Math.max(1, accountDays(isCampaign))).toFixed(1);
  const both = (tell: (isCampaign: boolean) => string) => [tell(true), tell(false)];
  return html`<p>In that time ${formatCount(population.accounts, 'account')} of all customers were active.</p>
${table(
  ['', '#these accounts', '#everyone else'],
  [
    ['Days on which an account was active', ...both((is) => formatNumber(accountDays(is)))],
    ['Exchanges', ...both((is) => formatNumber(total(is, 'exchanges')))],
    ['Exchanges an account and active day', ...both(pace)],
    [
      'Marks of asking for reasoning, grades or training data, an exchange',
      ...both((is) => share(total(is, 'elicited'), total(is, 'exchanges'))),
    ],
    ['Refused by the model', ...both((is) => share(total(is, 'refused'), total(is, 'exchanges')))],
    ['Tokens in', ...both((is) => formatNumber(total(is, 'input_tokens')))],
    ['Tokens out', ...both((is) => formatNumber(total(is, 'output_tokens')))],
  ],
)}`;
}

function trafficChart({ traffic, bounds }: DossierFacts): Html {
  const shares = [
    { name: 'these accounts', values: traffic.map((row) => row.campaign) },
    { name: 'everyone else', values: traffic.map((row) => Math.max(0, row.everyone - row.campaign)) },
  ];
  const labels = traffic.map((row) => new Date(row.at).toISOString().slice(5, 16).replace('T', ' '));
  return html`<figure>${drawChart({ id: 'traffic', kind: 'line', labels, series: shares, unit: 'exchanges' })}
<figcaption>Exchanges in every ${bounds.bucketHours} hours, UTC.</figcaption></figure>`;
}

function hoursChart({ hours }: DossierFacts): Html {
  const series = (name: string, isCampaign: boolean) => {
    const rows = new Map(hours.filter((row) => row.is_campaign === isCampaign).map((row) => [row.hour, row]));
    const percent = (hour: number) => {
      const row = rows.get(hour);
      return row === undefined || row.of === 0 ? 0 : Math.round((row.account_days / row.of) * 1_000) / 10;
    };
    return { name, values: Array.from({ length: 24 }, (_, hour) => percent(hour)) };
  };
  const both = [series('these accounts', true), series('everyone else', false)];
  const labels = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
  return html`<figure>${drawChart({ id: 'hours', kind: 'bar', labels, series: both, unit: '% of days' })}
<figcaption>In each hour of the UTC day, the share of their active days on which accounts sent something.</figcaption></figure>`;
}

function uses({ uses: rows, models }: DossierFacts): Html {
  const total = rows.reduce((sum, row) => sum + row.campaign, 0);
  const others = rows.reduce((sum, row) => sum + Math.max(0, row.everyone - row.campaign), 0);
  const share = (part: number, whole: number) => (whole === 0 ? '–' : formatPercent(Math.max(0, part) / whole));
  const named = rows
    .filter((row) => row.campaign > 0)
    .toSorted((a, b) => b.campaign - a.campaign || a.capability - b.capability)
    .map((row) => [
      formatWords(CAPABILITIES[row.capability] ?? 'unknown'),
      formatNumber(row.campaign),
      share(row.campaign, total),
      share(row.everyone - row.campaign, others),
    ]);
  return html`<p>A guess made as each exchange came in, from labels of the provider’s classifiers or from words; texts are not kept.</p>
${table(['use', '#exchanges', '#share of theirs', '#share of everyone else’s'], named)}
${table(
  ['model', '#exchanges', '#accounts'],
  models.map((row) => [row.model, formatNumber(row.exchanges), formatNumber(row.accounts)]),
)}`;
}

function traits({ traits: all }: DossierFacts): Html {
  const rows = all
    .slice(0, SHOWN_TRAITS)
    .map((row) => [
      html`<code>${formatTrait(row.trait)}</code>`,
      formatWords(kindOfTrait(row.trait) ?? 'other'),
      formatNumber(row.accounts),
      formatNumber(row.others),
    ]);
  const more = all.length - rows.length;
  return html`<p>A trait is one thing that an account was seen with – the beginning of a prompt, a payment instrument, a network – kept as a keyed hash: equal things have equal hashes, and nobody can read the thing from it.</p>
${table(['trait', 'kind', '#of these accounts', '#of all others'], rows)}
${more > 0 ? html`<p class="soft">${formatNumber(more)} more are in <code>traits.csv</code>.</p>` : ''}`;
}
