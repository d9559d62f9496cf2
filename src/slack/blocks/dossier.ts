import type { DossierDesk } from '../../campaigns/dossier-desk.ts';
import { codeText, escapeText } from '../escape-text.ts';
import { type Message, noticeOf } from './message.ts';
import { noSuchCampaign } from './refusal.ts';

/** What became of a dossier that a person asked for. */
export function dossierMessage(id: string, outcome: Awaited<ReturnType<DossierDesk['post']>>): Message {
  if (outcome.ok) {
    return noticeOf(
      `The dossier of ${id} is in its thread. Note the SHA-256 of its manifest elsewhere: ${codeText(outcome.manifestSha256)}`,
    );
  }
  switch (outcome.reason) {
    case 'not_found':
      return noSuchCampaign(id);
    case 'no_thread':
      return noticeOf(
        `${id} has no message yet, so there is no thread to put its dossier into. Try again in a minute.`,
      );
    case 'busy':
      return noticeOf('Another dossier is being made. Try again in a minute.');
    case 'unknown':
      return noticeOf(
        `Slack did not say whether the dossier of ${id} arrived. Look into its thread before you ask again.`,
      );
    default:
      return noticeOf(
        `The dossier of ${id} could not be handed over: ${escapeText(outcome.says)}. ${codeText(`retort dossier ${id} --out DIR`)} writes it to a folder.`,
      );
  }
}
