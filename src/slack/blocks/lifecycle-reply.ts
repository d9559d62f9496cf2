import type { LifecycleReply } from '../../campaigns/lifecycle-reply.ts';
import { escapeText, personText } from '../escape-text.ts';
import { formatCount, formatNumber, formatTime } from '../format.ts';

/** What a thread says of what a person decided. `nameOf`: a mention would call them to what they just did. */
export function lifecycleText(id: string, reply: LifecycleReply, nameOf: (actor: string) => string): string[] {
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
