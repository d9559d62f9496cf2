import type { LifecycleReply } from '../../campaigns/lifecycle-reply.ts';
import { escapeText, personText } from '../escape-text.ts';
import { notToldText, TARGET_WORDS } from './escalation.ts';
import { formatCount, formatNumber, formatTime } from '../format.ts';

export interface Naming {
  /** A person's name: a mention would call them to what they just did. */
  nameOf: (actor: string) => string;
  /** Calls a user group. */
  callGroup: (group: string) => string;
}

/** What a thread says of what people decided, and of whom Retort calls. */
export function lifecycleText(id: string, reply: LifecycleReply, { nameOf, callGroup }: Naming): string[] {
  const who = (actor: string) => `*${escapeText(nameOf(actor), 80)}*`;
  const why = (text: string) => escapeText(text, 500);
  const at = formatTime(reply.at);
  switch (reply.type) {
    case 'assigned':
      return reply.to === reply.by
        ? [`${who(reply.by)} took ${id} ${at}.`]
        : // Who is given something is called: they did not do it themselves.
          [`${who(reply.by)} gave ${id} to ${personText(reply.to)} ${at}.`];
    case 'noted':
      return [`${who(reply.by)} notes ${at}: ${why(reply.why)}`];
    case 'snoozed':
      return [`${who(reply.by)} snoozed ${id} until ${formatTime(reply.until)}: ${why(reply.why)}`];
    case 'unsnoozed':
      return [`${who(reply.by)} woke ${id} before its time ${at}.`];
    case 'woke':
      return [wokeText(id, reply)];
    case 'called':
      return [calledText(id, reply, { nameOf, callGroup })];
    case 'merged':
      return reply.direction === 'into'
        ? [
            `${who(reply.by)} merged ${id} into *${reply.other}* ${at}: ${why(reply.why)}`,
            `What comes next is told there.`,
          ]
        : [`${who(reply.by)} merged *${reply.other}* into ${id} ${at}: ${why(reply.why)}`];
    case 'split':
      return reply.direction === 'into'
        ? [
            `${who(reply.by)} split *${reply.other}* off ${id} ${at}, ${formatCount(reply.accounts, 'account')}: ${why(reply.why)}`,
          ]
        : [`${who(reply.by)} split ${id} off *${reply.other}* ${at}: ${why(reply.why)}`];
    case 'escalated':
      return [
        `${who(reply.by)} escalated ${id} to *${TARGET_WORDS[reply.target]}* ${at}: ${why(reply.why)}`,
        ...(reply.target === 'legal' ? [`${id} is held: none of its accounts is touched until that is lifted.`] : []),
      ];
    case 'not_told':
      return [notToldText(id, reply.target, reply.event, reply.error)];
  }
  return reply satisfies never;
}

function wokeText(
  id: string,
  { before, holder, accountCount, severity }: Extract<LifecycleReply, { type: 'woke' }>,
): string {
  const accounts =
    accountCount === before.accountCount
      ? `still ${formatCount(accountCount, 'account')}`
      : `${formatNumber(before.accountCount)} → ${formatCount(accountCount, 'account')}`;
  const grade = severity === before.severity ? severity : `${before.severity} → ${severity}`;
  return `*${id}’s snooze has ended*, ${personText(holder)}: ${accounts}, ${grade}. It was put off because: ${escapeText(before.reason, 300)}`;
}

function calledText(
  id: string,
  reply: Extract<LifecycleReply, { type: 'called' }>,
  { nameOf, callGroup }: Naming,
): string {
  const { reason, level, group, holder, since, severity, accountCount } = reply;
  const whom = group === null ? '' : `${callGroup(group)} `;
  const what = `${severity}, ${formatCount(accountCount, 'account')}`;
  if (reason === 'ran_out') {
    const person = holder === null ? 'whoever has it' : personText(holder);
    return `${person}, you have had ${id} since ${formatTime(since)}: are you still at it? Acknowledge it again, snooze it or decide; else it goes back to the shift.`;
  }
  if (reason === 'lapsed') {
    const by = holder === null ? '' : ` of *${escapeText(nameOf(holder), 80)}*`;
    return `${whom}*${id} waits for somebody again*: the acknowledgement${by} ran out. ${what}.`;
  }
  return level === 1
    ? `${whom}*${id} waits for somebody*: ${what}. Acknowledge it above, or with \`/campaign ack ${id}\`.`
    : `${whom}*${id} still waits for somebody*, since ${formatTime(since)}: ${what}. Nobody who was called before has answered.`;
}
