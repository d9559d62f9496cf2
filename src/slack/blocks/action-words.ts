import type { Action } from '../../campaigns/action.ts';
import type { ActionView } from '../../campaigns/action-view.ts';
import type { Blocked } from '../../campaigns/judge-proposal.ts';
import { formatProposalId, type Proposal, type Tally } from '../../campaigns/proposal.ts';
import { escapeText, personText } from '../escape-text.ts';
import { formatCount, formatNumber, formatTime } from '../format.ts';

/** Each action as a title, and as what accounts then are. */
export const ACTION_WORDS: Record<Action, { title: string; past: string }> = {
  suspend: { title: 'Suspend', past: 'suspended' },
  ban: { title: 'Ban', past: 'banned' },
  restore: { title: 'Restore', past: 'restored' },
  require_verification: { title: 'Require verification of', past: 'held to verification' },
  rate_limit: { title: 'Rate-limit', past: 'rate-limited' },
  watermark: { title: 'Watermark the outputs of', past: 'watermarked' },
};

/** `Suspend 1,184 accounts of C-12` */
export function actionTitle({
  action,
  accountCount,
  campaign,
}: Pick<Proposal, 'action' | 'accountCount' | 'campaign'>) {
  return `${ACTION_WORDS[action].title} ${formatCount(accountCount, 'account')} of C-${campaign}`;
}

/** `812 of 1,184 suspended, 4 failed, 2 not answered, 366 to go`: adds up to all of them. */
export function tallyText({ action, accountCount }: Proposal, tally: Tally): string {
  if (tally.dry_run > 0)
    return `dry run: ${formatCount(tally.dry_run, 'account')} would be ${ACTION_WORDS[action].past}`;
  const toGo = tally.pending + tally.sent;
  return [
    `${formatNumber(tally.done)} of ${formatNumber(accountCount)} ${ACTION_WORDS[action].past}`,
    ...(tally.failed > 0 ? [`${formatNumber(tally.failed)} failed`] : []),
    ...(tally.unknown > 0 ? [`${formatNumber(tally.unknown)} not answered`] : []),
    ...(toGo > 0 ? [`${formatNumber(toGo)} to go`] : []),
  ].join(', ');
}

/** The newest action of a campaign in a line, for its root message. */
export function actionStanding({ proposal, tally, blocked }: ActionView): string {
  const name = `*${formatProposalId(proposal.number)}*${proposal.dryRun ? ' (dry run)' : ''}`;
  if (proposal.state === 'proposed') {
    return `${name} ${actionTitle(proposal)} waits for approval until ${formatTime(proposal.expiresAt)}`;
  }
  const standing = blocked === null ? '' : ` · stands still: ${blockedText(blocked)}`;
  return `${name} ${tallyText(proposal, tally)}${standing}`;
}

/** What stands in the way of any action; `nameOf` is for messages that should call nobody. */
export function blockedText(blocked: Blocked, nameOf: (actor: string) => string = personText): string {
  if (blocked.reason === 'ended') return `the campaign is ${blocked.status}`;
  const what = blocked.reason === 'frozen' ? 'all enforcement is frozen' : 'the campaign is held for legal';
  return `${what} by ${nameOf(blocked.by)} since ${formatTime(blocked.at)}: ${escapeText(blocked.why, 200)}`;
}
