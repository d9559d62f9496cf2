import type { EndRefusal, Exception } from '../../campaigns/exception.ts';
import { codeText, escapeText, personText } from '../escape-text.ts';
import { formatCount, formatNumber, formatTime } from '../format.ts';
import { context, header, section } from './block.ts';
import { type Message, messageOf, noticeOf } from './message.ts';

/** `accounts`: how many there are of it now; null for a trait, which only hits know. */
export function exceptionAdded(exception: Exception, accounts: number | null): Message {
  const unknown =
    accounts === 0
      ? [`No ${exception.kind} of that id is known yet: check the spelling. It holds for one that comes.`]
      : accounts === null
        ? []
        : [`${formatCount(accounts, 'account')} of it ${accounts === 1 ? 'is' : 'are'} known.`];
  return noticeOf(
    line(exception),
    'From the next run of the detections on it is left out. The channel is told.',
    ...unknown,
  );
}

export function exceptionEnded(exception: Exception): Message {
  return noticeOf(
    `*E-${exception.number}* has ended: from the next run on ${subject(exception)} is looked at again. The channel is told.`,
  );
}

/** Why an exception could not be added or ended. */
export function exceptionRefused(
  refusal: EndRefusal | { reason: 'already' | 'ended'; exception: Exception } | { reason: 'not_found'; number: number },
): Message {
  switch (refusal.reason) {
    case 'past':
      return noticeOf('That end has passed already. An exception needs one that is to come.');
    case 'too_far':
      return noticeOf('An exception lasts a year at most: whether it still holds is asked again then.');
    case 'already':
      return noticeOf('It is excepted already; to change that, remove this one first:', line(refusal.exception));
    case 'ended':
      return noticeOf('It has ended already:', line(refusal.exception));
    default:
      return noticeOf(`There is no E-${formatNumber(refusal.number)}. \`/campaign allow list\` shows what there is.`);
  }
}

/** What holds, then what has ended; a page of it, with how many there are in all. */
export function exceptionList(exceptions: readonly Exception[], total: number): Message {
  if (total === 0) {
    return noticeOf('Nothing is excepted. `/campaign help allow` says how to add what is known to be good.');
  }
  const present = exceptions.filter(({ state }) => state === 'present');
  const past = exceptions.filter(({ state }) => state !== 'present');
  const more = total - exceptions.length;
  return messageOf([
    header('Known to be good'),
    section(present.length === 0 ? ['Nothing at present.'] : present.map(line), 2_800),
    past.length === 0 ? null : section(['*No longer*', ...past.map(line)], 2_000),
    more > 0 ? context([`… and ${formatNumber(more)} older ones`]) : null,
  ]);
}

function line(exception: Exception): string {
  const { number, state, owner, reason, endsAt, endedAt, endedBy } = exception;
  const ends = {
    present: `until ${formatTime(endsAt)}`,
    expired: `expired ${formatTime(endsAt)}`,
    ended: `ended ${formatTime(endedAt ?? endsAt)} by ${personText(endedBy ?? 'someone')}`,
  }[state];
  return `*E-${number}* ${subject(exception)} · ${ends} · ${personText(owner)}: ${escapeText(reason, 200)}`;
}

function subject({ kind, subject: id }: Exception): string {
  return `${kind} ${codeText(id, 100)}`;
}
