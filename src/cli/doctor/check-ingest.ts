import type { Config } from '../../config.ts';
import { type Check, passed } from './check.ts';

/** Whether gateways can send, and with how many tokens. */
export function checkIngest({ ingest }: Config): Check[] {
  if (ingest === undefined) {
    return [passed('ingest endpoint', 'is off; it needs RETORT_INGEST_PORT and RETORT_INGEST_TOKENS')];
  }
  const { port, tokens, rate } = ingest;
  const letIn = tokens.length === 1 ? 'one token' : `${tokens.length} tokens`;
  const bound = rate === undefined ? '' : `, each ${rate.perSecond} records a second and ${rate.burst} at once`;
  return [passed('ingest endpoint', `is on: port ${port}, ${letIn}${bound}. Put TLS in front of it`)];
}
