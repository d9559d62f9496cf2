import { formatUtc } from '../format.ts';
import { type Message, noticeOf } from './message.ts';

/** A fault of Retort's own: what happened, what to do, and the id under which the log has it. */
export function errorMessage(incident: string, at: number): Message {
  return noticeOf(
    ':warning: That did not work: Retort had a fault of its own. Whatever it was about to change is unchanged.',
    `Try again in a minute. If it stays, tell whoever runs Retort: incident \`${incident}\`, ${formatUtc(at)}.`,
  );
}
