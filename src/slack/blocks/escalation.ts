import type { Campaign } from '../../campaigns/campaign.ts';
import { formatCampaignId } from '../../campaigns/campaign-id.ts';
import type {
  EscalateRefusal,
  EscalationRecord,
  EscalationView,
  EventKind,
  Target,
} from '../../campaigns/escalation.ts';
import { escapeText, personText } from '../escape-text.ts';
import { formatTime } from '../format.ts';
import { blockedText } from './action-words.ts';
import { type Message, noticeOf } from './message.ts';

type Named = Pick<Campaign, 'id'>;

export const TARGET_WORDS: Record<Target, string> = {
  pagerduty: 'PagerDuty',
  webhook: 'the escalation webhook',
  legal: 'legal and policy',
};
/** What has to be set before a target is there. */
const VARIABLES: Record<Target, string> = {
  pagerduty: '`RETORT_PAGERDUTY_ROUTING_KEY`',
  webhook: '`RETORT_ESCALATION_URL` and `RETORT_WEBHOOK_SECRETS`',
  legal: '`RETORT_LEGAL_CHANNEL`',
};

/** An escalation in a line, for its campaign's message. */
export function escalationStanding({ target, by, at, state }: EscalationView): string {
  const how = { under_way: ', on its way', there: '', failed: ': *it never arrived*' }[state];
  return `Escalated to *${TARGET_WORDS[target]}* ${formatTime(at)} by ${personText(by)}${how}`;
}

/** One of a list: who took what to whom, when and why, and what came of it. `nameOf` where nobody is to be called. */
export function escalationLine(escalation: EscalationRecord, nameOf: (actor: string) => string = personText): string {
  const { campaign, target, by, at, reason } = escalation;
  return `*${formatCampaignId(campaign)}* to *${TARGET_WORDS[target]}* ${formatTime(at)} by ${nameOf(by)}: ${escapeText(reason, 120)} · ${outcomeText(escalation)}`;
}

function outcomeText({ state, acknowledgedAt, endedAt }: EscalationRecord): string {
  const told = acknowledgedAt === null ? '' : `, and were told ${formatTime(acknowledgedAt)} that it is acknowledged`;
  return {
    under_way: 'on its way',
    there: `they have it${told}`,
    failed: '*it never arrived*',
    over: `over${endedAt === null ? '' : ` since ${formatTime(endedAt)}`}`,
  }[state];
}

/** `hold`: the one that stood already. */
export function escalated(
  { id }: Named,
  target: Target,
  hold: { by: string; at: number; reason: string } | undefined,
): Message {
  if (target !== 'legal') {
    return noticeOf(`${id} goes to ${TARGET_WORDS[target]}. Its message says when it is there, and if it is not.`);
  }
  return noticeOf(
    `Legal and policy are told of ${id}: preserve evidence, do not tip off.`,
    hold === undefined
      ? 'It is held from now on: none of its accounts is touched until an approver lifts it with `/campaign hold lift`.'
      : `It was held already: ${blockedText({ reason: 'on_hold', by: hold.by, at: hold.at, why: hold.reason })}`,
  );
}

export function escalateRefused(
  { id }: Named,
  refusal: EscalateRefusal | { reason: 'not_configured'; target: Target },
): Message {
  switch (refusal.reason) {
    case 'already':
      return noticeOf(
        `${id} was already escalated to ${TARGET_WORDS[refusal.target]} by ${personText(refusal.by)} ${formatTime(refusal.at)}. Nothing was sent anew.`,
      );
    case 'ended':
      return noticeOf(`${id} is ${refusal.status}: there is nothing to escalate. \`/campaign reopen\` opens it again.`);
    case 'not_configured':
      return noticeOf(
        `Nobody is reached by ${TARGET_WORDS[refusal.target]} yet: whoever runs Retort has to set ${VARIABLES[refusal.target]}.`,
      );
  }
  return refusal satisfies never;
}

/** There is nobody to escalate to, or nobody who is meant unless they are named. */
export function nameTarget(targets: readonly Target[]): Message {
  if (targets.length > 0) {
    return noticeOf(
      `Say whom to: \`/campaign escalate C-12 ${targets[0] ?? ''} <reason>\`. Legal is never told unless it is named.`,
    );
  }
  return noticeOf(
    'There is nobody to escalate to yet. Whoever runs Retort has to set one of these:',
    ...Object.entries(VARIABLES).map(
      ([target, variable]) => `• ${variable} for ${TARGET_WORDS[target as Target]} (\`${target}\`)`,
    ),
  );
}

const LOST: Record<EventKind, string> = {
  trigger: 'does not know of it',
  acknowledge: 'was not told that it is acknowledged',
  resolve: 'was not told that it is over: close it there',
};

/** What a thread is told of an escalation that did not get through. */
export function notToldText(id: string, target: Target, event: EventKind, error: string): string {
  const head = `:warning: *${id}: ${TARGET_WORDS[target]} ${LOST[event]}* (${escapeText(error, 80)}).`;
  return event === 'trigger'
    ? `${head} Call them another way; \`retort doctor\` says what to mend, then \`/campaign escalate\` tries anew.`
    : head;
}
