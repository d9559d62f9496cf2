import type { ExchangeLine } from '../records.ts';
import { countOf } from './field.ts';

type Outcome = NonNullable<ExchangeLine['outcome']>;

/** Reasons to stop that mean that the model or a filter declined. */
const REFUSALS: unknown[] = ['content_filter', 'refusal', 'SAFETY', 'PROHIBITED_CONTENT', 'BLOCKLIST'];

/** The outcome by an HTTP status, where there was one. */
export function outcomeOfStatus(status: unknown): Outcome | undefined {
  const code = countOf(status);
  if (typeof code !== 'number' || code < 100) return undefined;
  if (code === 429) return 'rate_limited';
  return code >= 400 ? 'error' : 'completed';
}

/** The outcome by the reasons to stop that the model gave. */
export function outcomeOfReasons(reasons: readonly unknown[]): Outcome | undefined {
  return reasons.some((reason) => REFUSALS.includes(reason)) ? 'refused' : undefined;
}
