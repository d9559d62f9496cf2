import type { DossierDesk } from '../../campaigns/dossier-desk.ts';
import { codeText } from '../escape-text.ts';
import { fileRefused } from './file-refusal.ts';
import { type Message, noticeOf } from './message.ts';

/** What became of a dossier that a person asked for. */
export function dossierMessage(id: string, outcome: Awaited<ReturnType<DossierDesk['post']>>): Message {
  if (outcome.ok) {
    return noticeOf(
      `The dossier of ${id} is in its thread. Note the SHA-256 of its manifest elsewhere: ${codeText(outcome.manifestSha256)}`,
    );
  }
  if (outcome.reason === 'busy') return noticeOf('Another dossier is being made. Try again in a minute.');
  const instead = ` ${codeText(`retort dossier ${id} --out DIR`)} writes it to a folder.`;
  return fileRefused(id, 'dossier', outcome, instead);
}
