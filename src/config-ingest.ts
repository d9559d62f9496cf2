import { z } from 'zod';
import type { ConfigProblem } from './config-error.ts';
import { DatabaseUrl, Port, Tokens } from './config-values.ts';

/** `500/20000`: so many records a second, and so many at once. */
const Rate = z
  .string()
  .regex(/^\d{1,6}\/\d{1,7}$/, 'must be records a second and records at once, such as 500/20000')
  .transform((text) => {
    const [perSecond = 0, burst = 0] = text.split('/').map(Number);
    return { perSecond, burst };
  })
  .refine(({ perSecond, burst }) => perSecond >= 1 && burst >= perSecond, {
    error: 'must let in at least one record a second, and at once no fewer than that',
  });

/** The variables of `Environment` by which gateways send, or are read. */
export const INGEST_ENVIRONMENT = {
  RETORT_INGEST_PORT: Port.optional().describe('where the ingest endpoint listens for gateways'),
  RETORT_INGEST_TOKENS: Tokens.optional().describe(
    'bearer tokens that the ingest endpoint lets in, separated by commas, at least 32 characters each; several while one replaces another; unset: the endpoint is off',
  ),
  RETORT_INGEST_RATE: Rate.optional().describe(
    'how much each of these tokens may send to one process: records a second, and records at once, as in `500/20000`; unset: as much as it likes',
  ),
  RETORT_LITELLM_DATABASE_URL: DatabaseUrl.optional().describe(
    'LiteLLM’s PostgreSQL, whose table `LiteLLM_SpendLogs` is read every minute, with a role that may do no more',
  ),
};

type IngestEnvironment = z.output<z.ZodObject<typeof INGEST_ENVIRONMENT>>;

export interface IngestConfig {
  port: number;
  tokens: string[];
  /** For each token of its own; undefined: none is bounded. */
  rate: { perSecond: number; burst: number } | undefined;
}

/** Undefined where the endpoint is off: without tokens. */
export function toIngestConfig(env: IngestEnvironment): IngestConfig | undefined {
  const { RETORT_INGEST_PORT: port, RETORT_INGEST_TOKENS: tokens, RETORT_INGEST_RATE: rate } = env;
  return port === undefined || tokens === undefined ? undefined : { port, tokens, rate };
}

/** A port alone is no mistake: tokens may be taken away to switch the endpoint off. */
export function ingestProblems(set: Record<string, string | undefined>): ConfigProblem[] {
  if (set['RETORT_INGEST_TOKENS'] === undefined || set['RETORT_INGEST_PORT'] !== undefined) return [];
  return [{ variable: 'RETORT_INGEST_PORT', what: 'is missing: the ingest endpoint needs a port to listen on' }];
}
