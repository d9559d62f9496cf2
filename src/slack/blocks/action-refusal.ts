import type { ApprovalRefusal, Blocked, ProposalRefusal } from '../../campaigns/judge-proposal.ts';
import { formatProposalId, type Proposal } from '../../campaigns/proposal.ts';
import { codeText, personText } from '../escape-text.ts';
import { formatCount, formatNumber, formatTime } from '../format.ts';
import { blockedText } from './action-words.ts';
import { type Message, noticeOf } from './message.ts';
import { noSuchCampaign } from './refusal.ts';

type Strangers = { reason: 'strangers'; accounts: readonly string[] };
type OverCap = Extract<ProposalRefusal, { reason: 'over_hard_cap' }>;
type Stop = { by: string; at: number; reason: string };

const STATES: Record<Proposal['state'], string> = {
  proposed: 'waits for approval',
  approved: 'is approved and begins',
  executing: 'is being carried out',
  done: 'was carried out',
  rejected: 'was rejected',
  void: 'is void',
  expired: 'was not approved in time',
};

/** Why nothing was proposed, and what to do. */
export function proposalRefused(refusal: ProposalRefusal | Strangers): Message {
  switch (refusal.reason) {
    case 'open_proposal':
      return noticeOf(
        `${formatProposalId(refusal.proposal)} of this campaign is not over yet: approve, reject or stop it first.`,
      );
    case 'nobody':
      return noticeOf('There is nobody that this would touch: all are left out, or have it already.');
    case 'list_changed':
      return noticeOf(
        'The accounts have changed since you were shown them. Nothing was proposed: open it again, and look.',
      );
    case 'strangers':
      return noticeOf(
        `Nothing was done to these that can be undone: ${refusal.accounts
          .slice(0, 10)
          .map((id) => codeText(id, 60))
          .join(', ')}`,
      );
    case 'over_hard_cap':
      return overCap(refusal);
    default:
      return stands(refusal);
  }
}

/** Why an approval was not taken. */
export function approvalRefused(
  id: string,
  refusal: { reason: 'not_found' } | (ApprovalRefusal & { proposal: Proposal }),
): Message {
  switch (refusal.reason) {
    case 'not_found':
      return noSuchProposal(id);
    case 'own':
      return noticeOf(`${id} is your own: another person has to approve it.`);
    case 'twice':
      return noticeOf(`You have approved ${id} already: it needs a second person.`);
    case 'closed':
      return closedText(id, refusal.proposal);
    case 'expired':
      return noticeOf(
        `${id} had to be approved by ${formatTime(refusal.proposal.expiresAt)}. It is over: propose it anew.`,
      );
    case 'mode_changed':
      return noticeOf(
        `Retort was switched between dry run and live since ${id} was proposed. It is void: propose it anew.`,
      );
    case 'drifted': {
      const { added, removed } = refusal.drift;
      return noticeOf(
        `The accounts are not those of ${id} any more, so it is void and nobody was touched. Propose it anew.`,
        ...named('would come in', added),
        ...named('would be out', removed),
      );
    }
    case 'over_hard_cap':
      return overCap(refusal);
    default:
      return stands(refusal);
  }
}

/** Why a proposal could not be rejected or stopped. */
export function proposalClosed(
  id: string,
  refusal: { reason: 'not_found' } | { reason: 'closed'; proposal: Proposal },
): Message {
  return refusal.reason === 'not_found' ? noSuchProposal(id) : closedText(id, refusal.proposal);
}

/** Why nothing was asked for again. */
export function retryRefused(
  id: string,
  refusal: { reason: 'not_found' | 'not_done' | 'too_late' | 'nothing' | 'open_proposal' } | Blocked,
): Message {
  switch (refusal.reason) {
    case 'not_found':
      return noSuchProposal(id);
    case 'not_done':
      return noticeOf(`${id} is not over yet: what failed may still be tried by itself.`);
    case 'too_late':
      return noticeOf(`${id} was approved more than a day ago: propose anew what is left of it.`);
    case 'nothing':
      return noticeOf(`Nothing of ${id} failed.`);
    case 'open_proposal':
      return noticeOf('Another proposal of this campaign is not over yet: approve, reject or stop it first.');
    default:
      return stands(refusal);
  }
}

export function alreadyFrozen({ by, at, reason }: Stop): Message {
  return noticeOf(`${blockedText({ reason: 'frozen', by, at, why: reason })}. \`/campaign unfreeze\` lets it go on.`);
}

/** Why a hold could not be placed or lifted. */
export function holdRefused(
  id: string,
  refusal: { reason: 'not_found' | 'not_held' } | { reason: 'held'; hold: Stop },
): Message {
  if ('hold' in refusal) {
    const { by, at, reason } = refusal.hold;
    return noticeOf(`${id}: ${blockedText({ reason: 'on_hold', by, at, why: reason })}`);
  }
  return refusal.reason === 'not_held' ? noticeOf(`${id} is not held.`) : noSuchCampaign(id);
}

function stands(blocked: Blocked): Message {
  return noticeOf(`Not now: ${blockedText(blocked)}.`);
}

function closedText(id: string, { state, closed, approvals }: Proposal): Message {
  const by = closed?.by ?? approvals.at(-1)?.by;
  return noticeOf(`${id} ${STATES[state]}${by === undefined || by === 'retort' ? '' : `, by ${personText(by)}`}.`);
}

function overCap({ cap, would, hard }: OverCap): Message {
  const what = {
    action: 'One action',
    person: 'What you propose in an hour',
    overall: 'What everyone does in an hour',
  }[cap];
  return noticeOf(
    `${what} may touch ${formatCount(hard, 'account')} at most; this would make it ${formatNumber(would)}. Slack is no place for more: ask whoever runs Retort.`,
  );
}

function named(what: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const shown = ids.slice(0, 5).map((id) => codeText(id, 60));
  return [`• ${formatNumber(ids.length)} ${what}: ${shown.join(', ')}${ids.length > shown.length ? ', …' : ''}`];
}

function noSuchProposal(id: string): Message {
  return noticeOf(`There is no ${id}.`);
}
