import type { Campaign } from '../../campaigns/campaign.ts';
import type { AssignRefusal } from '../../campaigns/lifecycle/assign.ts';
import type { MergeRefusal } from '../../campaigns/lifecycle/merge.ts';
import type { ReopenRefusal } from '../../campaigns/lifecycle/reopen.ts';
import type { SnoozeRefusal } from '../../campaigns/lifecycle/snooze.ts';
import type { SplitRefusal } from '../../campaigns/lifecycle/split.ts';
import { personText } from '../escape-text.ts';
import { formatCount, formatTime } from '../format.ts';
import type { Permission } from '../roles.ts';
import { type Message, noticeOf } from './message.ts';

type Named = Pick<Campaign, 'id'>;

export function assigned({ id, status }: Pick<Campaign, 'id' | 'status'>, to: string): Message {
  const open = status === 'suspected' ? ' It counts as unanswered until they acknowledge it.' : '';
  return noticeOf(`${id} is ${personText(to)}’s: its thread tells them.${open}`);
}

export function assignRefused({ id }: Named, refusal: AssignRefusal): Message {
  if (refusal.reason === 'ended')
    return noticeOf(`${id} is ${refusal.status}: there is nothing to do. \`/campaign reopen\` opens it again.`);
  return noticeOf(`${id} was already assigned to them by ${personText(refusal.by)} ${formatTime(refusal.at)}.`);
}

/** Why a campaign cannot be given to that person. */
export function cannotAct(to: string, reason: Extract<Permission, { ok: false }>['reason']): Message {
  if (reason === 'unavailable')
    return noticeOf('Slack cannot say at the moment what they may do, so nothing was done. Try again in a minute.');
  const why = reason === 'guest' ? 'is a guest or a bot' : 'is not in the responders’ user group';
  return noticeOf(`${personText(to)} ${why}, and could do nothing about it. Pick someone who may act.`);
}

export function snoozed({ id, snooze }: Pick<Campaign, 'id' | 'snooze'>): Message {
  const until = snooze === null ? '' : ` until ${formatTime(snooze.until)}`;
  return noticeOf(
    `${id} is silent${until}. Then it wakes and says in its thread what became of it.`,
    'Until then only a rise in severity is told. `/campaign unsnooze` wakes it before.',
  );
}

export function snoozeRefused({ id }: Named, refusal: SnoozeRefusal): Message {
  if (refusal.reason === 'ended') return noticeOf(`${id} is ${refusal.status}: it is silent already.`);
  return refusal.reason === 'too_short'
    ? noticeOf('That is less than ten minutes from now. Write how long, as in `4h` or `2d`, or until when.')
    : noticeOf('A snooze lasts 30 days at most. If it is no campaign, `/campaign dismiss` says so for good.');
}

export function reopenRefused({ id }: Named, refusal: ReopenRefusal): Message {
  if (refusal.reason === 'merged')
    return noticeOf(`${id} was merged${refusal.into === null ? '' : ` into ${refusal.into}`}: look there.`);
  return noticeOf(
    `${id} is ${refusal.status}, so it is open already. \`reopen\` is for what was dismissed or contained.`,
  );
}

export function merged(from: string, into: Pick<Campaign, 'id' | 'accountCount'>): Message {
  return noticeOf(
    `${from} is part of ${into.id} now, which has ${formatCount(into.accountCount, 'account')}. Both threads say so.`,
  );
}

export function mergeRefused(refusal: MergeRefusal): Message {
  if (refusal.reason === 'same')
    return noticeOf('Those are the same campaign. Name the one that ends, then the one that goes on.');
  return noticeOf(
    `${refusal.id} is ${refusal.status}, so nothing was merged.${refusal.status === 'dismissed' ? ' Reopen it first.' : ''}`,
  );
}

export function splitMessage(
  whole: Pick<Campaign, 'id' | 'accountCount'>,
  part: Pick<Campaign, 'id' | 'accountCount'>,
): Message {
  return noticeOf(
    `${formatCount(part.accountCount, 'account')} of ${whole.id} are *${part.id}* now, and you have it; ${formatCount(whole.accountCount, 'account')} stay.`,
    'The detections will not put them together again.',
  );
}

export function splitRefused({ id }: Named, refusal: SplitRefusal): Message {
  if (refusal.reason === 'ended') return noticeOf(`${id} is ${refusal.status}: it cannot be split.`);
  return refusal.reason === 'none_named'
    ? noticeOf(
        `None of those is in ${id}. \`/campaign accounts ${id}\` lists who is; write their ids or their organisations’ with commas and no spaces.`,
      )
    : noticeOf(`Those are all the accounts of ${id}: nothing would be left of it.`);
}
