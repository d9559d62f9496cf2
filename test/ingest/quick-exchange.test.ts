import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { quickExchange } from '../../src/ingest/quick-exchange.ts';
import { Exchange } from '../../src/ingest/records.ts';

const time = fc.oneof(
  fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }).map((date) => date.toISOString()),
  fc.constantFrom(
    '2026-02-30T00:00:00Z',
    '2026-03-10 10:00:00+02:00',
    '2026-03-10',
    'yesterday',
    '2026-13-01T00:00:00Z',
  ),
);
const any = fc.oneof(
  fc.string({ maxLength: 3 }),
  fc.string({ minLength: 126, maxLength: 130 }),
  fc.string({ minLength: 1022, maxLength: 1026 }),
  fc.integer({ min: -2, max: 2 }),
  fc.constantFrom(null, undefined, true, 1.5, 2_147_483_647, 2_147_483_648, 4_294_967_295, 4_294_967_296, {}, []),
  fc.constantFrom('completed', 'refused', 'nothing'),
  fc.array(fc.oneof(fc.string({ maxLength: 3 }), fc.integer()), { maxLength: 3 }),
);
const optional = Object.fromEntries(Object.keys(Exchange.shape).map((key) => [key, any]));
const line = fc.record(
  {
    ...optional,
    id: any,
    occurred_at: fc.oneof(time, any),
    account_id: fc.oneof(fc.constant('acct_1'), any),
    model: any,
  },
  { requiredKeys: [] },
);
const plain = fc.record({
  id: fc.constant('a'),
  occurred_at: time,
  account_id: fc.constant('b'),
  model: fc.constant('m'),
});

const odd = fc
  .tuple(plain, fc.constantFrom(...Object.keys(Exchange.shape)), any)
  .map(([exchange, key, value]) => ({ ...exchange, [key]: value }));

test('says what the schema says, or nothing', () => {
  let said = 0;
  fc.assert(
    fc.property(fc.oneof(line, odd, odd), (value) => {
      const quick = quickExchange(value);
      if (quick === undefined) return;
      said += 1;
      expect(Exchange.safeParse(value).data).toEqual(quick);
    }),
    { numRuns: 2000 },
  );
  expect(said).toBeGreaterThan(300);
});

test('takes the exchange that gateways send', () => {
  const value = {
    id: 'req_1',
    occurred_at: '2026-03-10T10:00:00.123Z',
    account_id: 'acct_1',
    model: 'halcyon-4',
    client_asn: 64_500,
    output_tokens: null,
    outcome: 'refused',
    labels: ['math'],
    prompt: 'hello',
    unknown: { kept: false },
  };
  expect(quickExchange(value)).toEqual(Exchange.parse(value));
});
