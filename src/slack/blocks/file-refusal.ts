import type { FileRefusal } from '../../campaigns/file-refusal.ts';
import { escapeText } from '../escape-text.ts';
import { type Message, noticeOf } from './message.ts';
import { noSuchCampaign } from './refusal.ts';

/** Why a file, such as a campaign's `dossier`, is not in its thread. `instead`: another way to it, as mrkdwn. */
export function fileRefused(id: string, what: string, refusal: FileRefusal, instead = ''): Message {
  switch (refusal.reason) {
    case 'not_found':
      return noSuchCampaign(id);
    case 'no_thread':
      return noticeOf(
        `${id} has no message yet, so there is no thread to put its ${what} into. Try again in a minute.`,
      );
    case 'unknown':
      return noticeOf(
        `Slack did not say whether the ${what} of ${id} arrived. Look into its thread before you ask again.`,
      );
    case 'refused':
      return noticeOf(`The ${what} of ${id} could not be handed over: ${escapeText(refusal.says)}.${instead}`);
  }
  return refusal satisfies never;
}
