import { expect, it } from 'vitest';
import { checkIngest } from '../../../src/cli/doctor/check-ingest.ts';
import { readConfig } from '../../../src/config.ts';

it('the doctor says whether gateways can send, with how many tokens, and how much each may', () => {
  const on = { RETORT_INGEST_PORT: '8080', RETORT_INGEST_TOKENS: `${'a'.repeat(32)},${'b'.repeat(32)}` };
  const said = (environment: Record<string, string>) => checkIngest(readConfig(environment)).map(({ says }) => says);
  expect(said({})).toEqual(['is off; it needs RETORT_INGEST_PORT and RETORT_INGEST_TOKENS']);
  expect(said(on)).toEqual(['is on: port 8080, 2 tokens. Put TLS in front of it']);
  expect(said({ ...on, RETORT_INGEST_RATE: '500/20000' })).toEqual([
    'is on: port 8080, 2 tokens, each 500 records a second and 20000 at once. Put TLS in front of it',
  ]);
});
