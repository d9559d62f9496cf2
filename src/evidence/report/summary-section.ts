import { formatCount, formatNumber, formatPercent, formatUtc } from '../../slack/format.ts';
import { type Html, html } from './html.ts';
import type { ReportInput } from './report-input.ts';

const KIND = {
  extraction: 'a distillation campaign: accounts that together draw training data for another model',
  resale: 'a resale network: accounts through which access is sold on, whose users do ordinary work',
} as const;

const STATUS = {
  suspected: 'It is a suspicion: no person has confirmed or dismissed it.',
  acknowledged: 'A person has taken it; nobody has confirmed or dismissed it yet.',
  confirmed: 'A person has confirmed it.',
  contained: 'It was confirmed, and its accounts were acted upon.',
  dismissed: 'A person has dismissed it: it is held to be no campaign.',
  merged: 'It was found to be part of another campaign, and is told there.',
} as const;

/** What a reader in a hurry must know, the doubts included. */
export function summarySection({ facts, names, attribution, checks }: ReportInput): Html {
  const { campaign, accounts, bounds } = facts;
  const sure = accounts.filter(({ standing }) => standing === 'member');
  const review = accounts.length - sure.length;
  const exchanges = sure.reduce((sum, account) => sum + account.exchanges, 0);
  const families = campaign.families.join(', ');
  const open = new Set(checks.filter(({ verdict }) => verdict === 'open').map(({ explanation }) => explanation)).size;
  return html`<section id="summary"><h2>Summary</h2>
<p><strong>Observed:</strong> ${formatCount(sure.length, 'account')} sent ${formatCount(exchanges, 'exchange')} to the provider’s models between ${formatUtc(bounds.from)} and ${formatUtc(bounds.to)}, and share what is shown below.${review > 0 ? ` ${formatCount(review, 'further account')} may belong to them; a person must look.` : ''} The campaign’s own record, last brought up to date ${formatUtc(campaign.updatedAt)}, counts ${formatCount(campaign.accountCount, 'account')} and ${formatCount(campaign.exchangeCount, 'exchange')}, also of a day that is not over.</p>
<p><strong>Inferred:</strong> Retort judges them to be ${KIND[campaign.kind]}; severity ${campaign.severity}, ${formatPercent(campaign.confidence)} sure. Independent kinds of evidence that tie them: ${families === '' ? 'none' : families}.</p>
<p><strong>Decided:</strong> ${STATUS[campaign.status]}${campaign.decided === null ? '' : ` By ${campaign.decided.by}, ${formatUtc(campaign.decided.at)}: “${names.text(campaign.decided.reason)}”.`}</p>
<p><strong>Doubts:</strong> ${open === 0 ? 'no benign explanation that was tried is left open' : `${formatCount(open, 'benign explanation')} could not be excluded by figures alone`}; see <a href="#benign">what it is not</a> and <a href="#limits">limits</a>.</p>
<p><strong>Attribution:</strong> ${attribution === undefined ? 'none. Nothing here says who is behind the accounts.' : html`a person’s statement is part of this dossier: see <a href="#people">who decided what</a>.`}</p>
${campaign.updatedAt > bounds.asOf ? html`<p class="soft">Scores and status are those of the campaign’s last change, ${formatUtc(campaign.updatedAt)}, which is after the time that this dossier is as of; ${formatNumber(facts.audit.entries.length)} decisions until then are listed.</p>` : ''}
</section>`;
}
