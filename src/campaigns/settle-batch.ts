import type { AccountKey } from './hit.ts';

/** What the account service said of one account. */
export type AccountResult = { status: 'done' } | { status: 'failed'; reason: string; retry: boolean };

/** What came back from one request. */
export type BatchAnswer =
  /** By idempotency key; an account that is missing was not answered for. */
  | { kind: 'results'; results: ReadonlyMap<string, AccountResult> }
  /** Done or not: nobody knows. */
  | { kind: 'unknown'; error: string; afterMs?: number | undefined }
  /** Certainly not done, and worth another try later. */
  | { kind: 'later'; error: string; afterMs?: number | undefined }
  /** Certainly not done, and a repetition would be answered alike. */
  | { kind: 'refused'; error: string };

/** What an attempt came to, for one account. */
export type RowOutcome =
  | { state: 'done' }
  | { state: 'failed'; reason: string }
  /** Tried again, in another request; `certain`: it was not done. */
  | { state: 'again'; reason: string; notBefore: number; certain: boolean }
  /** The request was not answered: it is repeated as it was. */
  | { state: 'repeat'; reason: string; notBefore: number }
  /** Tried often enough without a word on whether it was done. */
  | { state: 'given_up'; reason: string };

/** Tries of one account, over half an hour or so. */
const MOST_ATTEMPTS = 12;

/**
 * What each account of a request comes to. `waitMs` is how long to wait after the given attempt. `doubtful`: an earlier
 * attempt may have done it, so only the service's word on the very account says that it was not.
 */
export function settleBatch(
  rows: readonly { account: AccountKey; key: string; attempt: number; doubtful: boolean }[],
  answer: BatchAnswer,
  { now, waitMs }: { now: number; waitMs: (attempt: number) => number },
): Map<AccountKey, RowOutcome> {
  return new Map(
    rows.map(({ account, key, attempt, doubtful }) => {
      const isLast = attempt >= MOST_ATTEMPTS;
      const after = 'afterMs' in answer ? (answer.afterMs ?? 0) : 0;
      const notBefore = now + Math.max(after, waitMs(attempt));
      return [account, outcomeOf(answer, key, { isLast, notBefore, doubtful })];
    }),
  );
}

function outcomeOf(
  answer: BatchAnswer,
  key: string,
  { isLast, notBefore, doubtful }: { isLast: boolean; notBefore: number; doubtful: boolean },
): RowOutcome {
  switch (answer.kind) {
    case 'refused':
      return { state: doubtful ? 'given_up' : 'failed', reason: answer.error };
    case 'unknown':
      return isLast
        ? { state: 'given_up', reason: answer.error }
        : { state: 'repeat', reason: answer.error, notBefore };
    case 'later':
      if (isLast) return { state: doubtful ? 'given_up' : 'failed', reason: answer.error };
      return doubtful
        ? { state: 'repeat', reason: answer.error, notBefore }
        : { state: 'again', reason: answer.error, notBefore, certain: true };
    case 'results': {
      const result = answer.results.get(key);
      if (result?.status === 'done') return { state: 'done' };
      if (result === undefined) {
        const reason = 'not answered for';
        return isLast ? { state: 'given_up', reason } : { state: 'again', reason, notBefore, certain: false };
      }
      return result.retry && !isLast
        ? { state: 'again', reason: result.reason, notBefore, certain: true }
        : { state: 'failed', reason: result.reason };
    }
  }
  return answer satisfies never;
}
