import { Random } from '../../../src/simulation/random.ts';

/** Stands in what is sent, and may stand nowhere afterwards. */
export const PLANTED = 'quince-ocelot';

const NEWLINE = 0x0a;
const SEEDS = [
  { id: 'id', occurred_at: '2026-03-10T10:00:00Z', account_id: 'acct_1', model: 'halcyon-4', prompt: `Say ${PLANTED}` },
  { request_id: 'r', startTime: '2026-03-10T10:00:00', user: 'acct_2', model: 'm', metadata: { usage_object: {} } },
  {
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'user.id', value: { stringValue: 'acct_3' } }] },
        scopeSpans: [
          {
            spans: [
              {
                traceId: 't',
                spanId: 's',
                startTimeUnixNano: '1773136800000000000',
                attributes: [
                  { key: 'gen_ai.request.model', value: { stringValue: 'm' } },
                  { key: 'gen_ai.input.messages', value: { stringValue: `[{"role":"user","content":"${PLANTED}"}]` } },
                ],
              },
            ],
          },
        ],
      },
    ],
  },
  { 'x-request-id': 'x', start_time: '2026-03-10T10:00:00Z', genai_model_name: 'm', 'retort.account_id': 'acct_4' },
  {
    request: { id: 'k' },
    started_at: 1_773_136_800_000,
    consumer: { id: 'acct_5' },
    ai: { proxy: { meta: { request_model: 'm' } } },
  },
  { id: 'c', created_at: '2026-03-10T10:00:00Z', metadata: '{"account_id":"acct_6"}', model: 'm', status_code: 200 },
  {
    id: 'l',
    type: 'GENERATION',
    start_time: '2026-03-10 10:00:00',
    user_id: 'acct_7',
    provided_model_name: 'm',
    input: PLANTED,
  },
];

const ODD: unknown[] = [
  null,
  true,
  -1,
  Number.MAX_VALUE,
  1.5,
  2 ** 53,
  '',
  '\0',
  '\ud800',
  '2099-01-01T00:00:00Z',
  '1970-01-01T00:00:00Z',
  'x'.repeat(2_000),
  [],
  [null],
  {},
  { toString: 1, valueOf: 2, constructor: null },
  '{"__proto__":{"a":1}}',
  '[[[[[[[[',
  `${PLANTED}\u202e<!channel>`,
];

/** A batch of lines, sound and unsound, the same for the same randomness. No line holds a line's end. */
export function fuzzBatch(random: Random, lines: number): { body: Buffer; lines: number } {
  const made = Array.from({ length: lines }, () => fuzzLine(random));
  return { body: Buffer.concat(made.flatMap((line) => [line, Buffer.from('\n')])), lines };
}

function fuzzLine(random: Random): Buffer {
  const seed = structuredClone(SEEDS[random.int(0, random.chance(0.5) ? 0 : SEEDS.length - 1)] ?? {});
  const kind = random.int(0, 9);
  if (kind < 3) Object.assign(seed, { id: `${random.uint32()}`, account_id: `acct_${random.int(1, 50)}` });
  for (let change = kind < 2 ? 0 : random.int(1, 3); change > 0; change -= 1) disturb(seed, random);
  if (kind === 9) return Buffer.from(nested(random));
  const line = Buffer.from(JSON.stringify(random.chance(0.02) ? [seed, seed] : seed));
  return kind === 8 ? damaged(line, random) : line;
}

/** Puts something odd in the place of a member, wherever it lies. */
function disturb(value: object, random: Random): void {
  const keys = Object.keys(value);
  const key = keys[random.int(0, keys.length - 1)];
  if (key === undefined) return;
  const holder = value as Record<string, unknown>;
  const inner = holder[key];
  if (typeof inner === 'object' && inner !== null && random.chance(0.7)) disturb(inner, random);
  else holder[key] = structuredClone(ODD[random.int(0, ODD.length - 1)]);
}

function damaged(line: Buffer, random: Random): Buffer {
  const cut = line.subarray(0, random.int(1, line.length));
  for (let flips = random.int(0, 4); flips > 0; flips -= 1) cut[random.int(0, cut.length - 1)] = random.int(0, 255);
  for (let at = cut.indexOf(NEWLINE); at !== -1; at = cut.indexOf(NEWLINE)) cut[at] = 0x20;
  // A line of nothing but blanks would not be counted.
  cut[0] = 0x7b;
  return cut;
}

function nested(random: Random): string {
  const depth = random.int(1, 2_000);
  return random.chance(0.5) ? '['.repeat(depth) : `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
}
