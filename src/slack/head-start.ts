import { setTimeout as sleep } from 'node:timers/promises';
import { noticeOf } from './blocks/message.ts';
import { noticeModal } from './blocks/modal.ts';
import type { Answer } from './interactions.ts';

/** What to say while something takes longer than a moment. */
export interface AtWork {
  /** A sentence; Slack's markup. */
  text: string;
  /** It ends in a modal, which Slack lets us open in the first three seconds alone: it opens with the text. */
  opens?: 'modal';
}

/** The answer where it comes in time, else a word that it is under way, with the answer `later`; `atWork` is asked then. */
export async function headStart(
  answering: Promise<Answer>,
  ms: number,
  atWork: () => AtWork | undefined,
): Promise<Answer> {
  const early = await Promise.race([answering, sleep(ms, undefined, { ref: false })]);
  if (early !== undefined) return early;
  const word = atWork();
  if (word === undefined) return answering;
  if (word.opens === 'modal') return { modal: noticeModal(noticeOf(word.text)), later: answering };
  return { message: noticeOf(`${word.text} What comes of it will stand here.`), later: answering };
}
