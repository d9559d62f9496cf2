import type { Campaign } from '../../campaigns/campaign.ts';
import type { AcknowledgeRefusal, JudgeRefusal } from '../../campaigns/lifecycle.ts';
import { escapeText, personText } from '../escape-text.ts';
import { formatTime } from '../format.ts';
import type { Rate } from '../rate-limit.ts';
import type { Permission, Role } from '../roles.ts';
import { type Message, noticeOf } from './message.ts';

/** Why a person may not do something, and whom to turn to. */
export function forbidden(role: Role, reason: Extract<Permission, { ok: false }>['reason']): Message {
  switch (reason) {
    case 'guest':
      return noticeOf(
        'Guests, bots and people of other workspaces cannot use Retort. Ask a full member of its workspace for what you need.',
      );
    case 'not_in_group':
      return noticeOf(
        `This is for ${role}s, and you are not in their user group. Ask someone who is, or whoever keeps the group.`,
      );
    case 'no_group':
      return noticeOf(`This is for ${role}s, and no user group was set for them. Ask whoever runs Retort.`);
    default:
      return noticeOf(
        'Slack cannot say at the moment whether you may do this, so nothing was done. Try again in a minute.',
      );
  }
}

/** They asked faster than one person may: what holds, and when to try again. */
export function tooFast(waitMs: number, { burst, everyMs }: Rate): Message {
  const seconds = (ms: number) => `${Math.max(1, Math.ceil(ms / 1_000))} s`;
  const steadily = everyMs < 1_000 ? `${Math.floor(1_000 / everyMs)} times a second` : `once every ${seconds(everyMs)}`;
  return noticeOf(
    `That was too fast, so nothing was done: one person may ask ${burst} times in a row, then ${steadily}. Try again in ${seconds(waitMs)}.`,
  );
}

export function noSuchCampaign(id: string): Message {
  return noticeOf(`There is no ${escapeText(id, 20)}. \`/campaign list\` shows what there is.`);
}

/** Why a campaign could not be acknowledged: who has it, or how it ended. */
export function acknowledgeRefused({ id }: Pick<Campaign, 'id'>, refusal: AcknowledgeRefusal): Message {
  if (refusal.reason === 'ended') return noticeOf(`${id} is ${refusal.status}: there is nothing to acknowledge.`);
  const by = refusal.by === null ? '' : ` by ${personText(refusal.by)}`;
  return noticeOf(`${id} was already acknowledged${by}${refusal.at === null ? '' : ` ${formatTime(refusal.at)}`}.`);
}

/** Why a campaign could not be confirmed or dismissed. */
export function judgeRefused({ id, status }: Pick<Campaign, 'id' | 'status'>, refusal: JudgeRefusal): Message {
  if (refusal.reason === 'ended') return noticeOf(`${id} is ${refusal.status}: that is not changed by a word.`);
  const by = refusal.by === null ? '' : ` by ${personText(refusal.by)}`;
  return noticeOf(`${id} was already ${status}${by}${refusal.at === null ? '' : ` ${formatTime(refusal.at)}`}.`);
}

/** For a control that no verb owns any more. */
export function outdatedControl(): Message {
  return noticeOf('This control is from another version of Retort. `/campaign help` lists what there is now.');
}
