import type { ActionView } from '../../campaigns/action-view.ts';
import { formatProposalId, type Proposal } from '../../campaigns/proposal.ts';
import { codeText, escapeText } from '../escape-text.ts';
import { formatCount, formatNumber, formatTime } from '../format.ts';
import { actionTitle, blockedText, tallyText } from './action-words.ts';
import { actions, asking, type Block, button, context, section } from './block.ts';
import { type Message, messageOf } from './message.ts';

type Names = (actor: string) => string;

/** A proposal's one message: who wants what done and why, what came of it so far, and what can be done about it. */
export function actionCard(view: ActionView, nameOf: Names): Message {
  const { proposal, blocked, failures } = view;
  const { number, dryRun, proposedAt, reason, digest, accountCount } = proposal;
  const names: Names = (actor) => escapeText(nameOf(actor), 80);
  const mode = dryRun ? ' · *dry run*: nothing is sent' : '';
  return messageOf([
    section([
      `*${formatProposalId(number)} · ${actionTitle(proposal)}*${mode}`,
      `*Proposed* by ${names(proposal.proposedBy)} ${formatTime(proposedAt)}: ${escapeText(reason, 500)}`,
      ...proposal.approvals.map(({ by, at }) => `*Approved* by ${names(by)} ${formatTime(at)}`),
      `*${stateText(view, names)}*`,
      ...(blocked === null ? [] : [`:no_entry: Stands still: ${blockedText(blocked, names)}`]),
    ]),
    failures.length === 0
      ? null
      : section(['*What failed*', ...failures.map((failure) => `• ${failureText(failure)}`)], 1_500),
    context([`list \`${digest.slice(0, 12)}…${digest.slice(-4)}\`, ${formatCount(accountCount, 'account')}`]),
    controls(view),
  ]);
}

function stateText({ proposal, tally }: ActionView, names: Names): string {
  const { state, closed, expiresAt, approvalsNeeded, approvals } = proposal;
  const by = closed === null ? '' : ` by ${names(closed.by)} ${formatTime(closed.at)}`;
  const why = closed === null ? '' : `: ${escapeText(closed.reason, 300)}`;
  switch (state) {
    case 'proposed': {
      const missing = approvalsNeeded - approvals.length;
      const whose = approvalsNeeded > 1 ? `${formatNumber(missing)} more, since it is over a cap` : 'another person';
      return `Waits for approval by ${whose}, until ${formatTime(expiresAt)}`;
    }
    case 'rejected':
      return `Rejected${by}${why}. Nobody was touched`;
    case 'expired':
      return `Nobody approved it in time. Nobody was touched`;
    case 'void':
      return `Void: ${VOID[closed?.reason ?? ''] ?? 'it no longer holds'}. Nobody was touched; propose it anew`;
    case 'done':
      return `${closed === null ? 'Done' : `Stopped${by}${why}`}: ${tallyText(proposal, tally)}`;
    default:
      return closed === null ? tallyText(proposal, tally) : `Stopping${by}: ${tallyText(proposal, tally)}`;
  }
}

const VOID: Record<string, string> = {
  drifted: 'the list of accounts has changed since it was proposed',
  mode_changed: 'Retort was switched between dry run and live since it was proposed',
  ended: 'the campaign is over',
  role_lost: 'somebody who signed it may not do so any more',
};

const FAILURES: Record<string, string> = {
  not_found: 'the account service does not know them',
  allow_listed: 'found to be good since the approval, and left alone',
  stopped: 'stopped before they were sent',
  timeout: 'no answer in time',
};

function failureText({ reason, accounts, example }: ActionView['failures'][number]): string {
  const words = FAILURES[reason] ?? escapeText(reason, 200);
  return `${formatCount(accounts, 'account')}: ${words}, such as ${codeText(example, 100)}`;
}

function controls({ proposal, tally }: ActionView): Block | null {
  const { state, dryRun, closed } = proposal;
  const id = formatProposalId(proposal.number);
  if (state === 'proposed') {
    return actions([
      asking(button('ban.approve', 'Approve', id, 'primary'), confirmation(proposal)),
      button('ban.reject', 'Reject…', id, 'danger'),
    ]);
  }
  if ((state === 'approved' || state === 'executing') && closed === null) {
    return actions([button('ban.stop', 'Stop…', id, 'danger')]);
  }
  if (state !== 'done' || dryRun || tally.failed + tally.unknown === 0) return null;
  const again = `Asks once more for ${formatCount(tally.failed + tally.unknown, 'account')}, and for nobody else.`;
  return actions([
    asking(button('ban.retry', 'Retry what failed', id), { title: 'Retry?', text: again, yes: 'Retry' }),
  ]);
}

function confirmation(proposal: Proposal): { title: string; text: string; yes: string } {
  const what = proposal.dryRun ? 'A dry run: nothing is sent.' : 'It begins at once.';
  return { title: `${actionTitle(proposal)}?`, text: `${what} Reason: ${proposal.reason}`, yes: 'Approve' };
}
