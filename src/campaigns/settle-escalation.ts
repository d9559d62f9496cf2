import { HOUR_MS } from '../time-units.ts';

/** What came of telling the other side. */
export type EscalationAnswer =
  | { kind: 'taken' }
  /** It may or may not have arrived, or not yet be wanted: the same message again does no harm. */
  | { kind: 'later'; error: string; afterMs?: number | undefined }
  /** The same message would be refused again. */
  | { kind: 'refused'; error: string };

export type EscalationOutcome =
  | { state: 'sent' }
  | { state: 'pending'; notBefore: number; error: string }
  | { state: 'dead'; error: string };

/** After so long, whoever it was meant for has heard of it by another way. */
const GIVE_UP_MS = 24 * HOUR_MS;

/** What becomes of an event after an answer. `waitMs` is the wait that failures so far call for. */
export function settleEscalation(
  answer: EscalationAnswer,
  { now, createdAt, waitMs }: { now: number; createdAt: number; waitMs: number },
): EscalationOutcome {
  if (answer.kind === 'taken') return { state: 'sent' };
  const { error } = answer;
  if (answer.kind === 'refused') return { state: 'dead', error };
  const notBefore = now + Math.max(waitMs, answer.afterMs ?? 0);
  return notBefore - createdAt > GIVE_UP_MS ? { state: 'dead', error } : { state: 'pending', notBefore, error };
}
