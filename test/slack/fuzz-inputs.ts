import { VERBS } from '../../src/commands/registry.ts';

/** What might break out of markup, of SQL, of JSON or of a parser. */
const HOSTILE = [
  '<!channel>',
  '<!here|x>',
  '<!everyone>',
  '@channel',
  '<@U0MARA|evil>',
  '<http://evil.example|bank>',
  '<!subteam^S0EVIL>',
  '<#C0EVIL|general>',
  '<!date^0^{ago}|now>',
  '`',
  '```',
  '*_~',
  "'; drop table campaign; --",
  '$1',
  '%s',
  '{{x}}',
  '\0',
  '\u{202e}abc',
  '\u{d800}',
  '\u{200b}',
  '😀'.repeat(40),
  '&lt;!channel&gt;',
  '&amp;lt;',
  '"',
  '“',
  '”',
  '\\',
  '{"f":["open"],"o":-1}',
  '__proto__',
  'constructor',
  'toString',
  '-1',
  '0',
  '1e9',
  '999999999',
  '99999999999999999999',
  'NaN',
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  'ß',
  'İ',
  'é́́',
  '\r\n',
  '\t',
  ' ',
  '',
  'a'.repeat(3_000),
  '9999w9999w',
  '0000-00-00',
  '2026-02-30',
  '٣',
  '１',
  'C-',
  'C--1',
  'c0',
  'C-999999999',
  ':skull:',
  '<',
  '>',
  '&',
  '|',
  ',',
];
/** What a slot of a template may hold when it fits; `r` is text, `h` anything hostile. */
const SLOTS: Record<string, readonly string[]> = {
  c: ['C-1', 'c2', '3', 'C4', 'c-5', '6', 'C-7', 'C-8', 'C-77'],
  a: ['acct_13', 'acct_27', 'acct_1', 'acct_13,org_4', 'org_5', 'org_8,org_9'],
  d: ['4h', '1d12h', '10m', '2027-01-01', '3w', '30d'],
  p: ['me', '<@U0MARA|mara>', '<@U0THEO|theo>', '<@U0JONAS>'],
  r: ['because', '"a quoted reason"', 'a longer reason than that', 'it’s a course'],
  f: ['open', 'critical', 'mine', 'payment', 'snoozed', 'unassigned', 'resale', '2', '77'],
  i: ['no-night', 'shared-payment', 'nothing'],
  e: ['E-1', 'e2', '3'],
  n: ['P-1', 'p2', '3', 'P-4', 'P-99'],
  k: ['suspend', 'ban', 'rate-limit', 'watermark', 'require_verification', 'with-review', 'restore'],
};
/** What people type, by slots; every verb is among them. */
export const TEMPLATES = [
  'list f f f',
  'show c',
  'c',
  'accounts c 1',
  'accounts c csv',
  'account a',
  'why c',
  'why c a',
  'ack c',
  'assign c p',
  'note c r',
  'snooze c d r',
  'unsnooze c',
  'escalate c r',
  'escalate c legal r',
  'escalate c webhook h',
  'confirm c r',
  'dismiss c r',
  'reopen c r',
  'merge c c r',
  'split c a r',
  'detections',
  'detections shadow i r',
  'detections enable i r',
  'detections run i',
  'allow',
  'allow add account a d p r',
  'allow add org a d p r',
  'allow add trait h d p r',
  'allow remove e r',
  'ban c',
  'ban c k',
  'ban c k with-review',
  'ban h k',
  'undo c',
  'undo c a a h',
  'freeze r',
  'unfreeze r',
  'freeze h',
  'unfreeze r',
  'hold place c r',
  'hold lift c r',
  'hold h c h',
  'evidence c',
  'graph c',
  'audit',
  'audit c',
  'audit h',
  'confirm c h',
  'reopen c h',
  'detections list',
  'detections disable i r',
  'detections enable i h',
  'detections test i 3',
  'detections run h',
  'digest',
  'oncall',
  'status',
  'health',
  'help',
  'help h',
  'account h',
  'note c h',
  'dismiss c h',
  'allow add org h d h r',
  'snooze c d h',
  'split c h r',
  'why c h',
  'h h h',
];
const FIELDS = [
  'duration',
  'reason',
  'cause',
  'person',
  'kind',
  'id',
  'end',
  'owner',
  'action',
  'accounts',
  'target',
  '__proto__',
];
const CONTROLS = VERBS.flatMap(({ name, controls }) => Object.keys(controls).map((control) => `${name}.${control}`));
const FORMS = VERBS.flatMap(({ name, forms = {} }) => Object.keys(forms).map((form) => `${name}.${form}`));
const SEEN = { id: 'C-1', status: 'suspected', severity: 'critical', accounts: 9, snoozed: false };

export type FuzzInput =
  | { kind: 'command'; user: string; text: string }
  | { kind: 'press'; user: string; clicked: { action_id: string; value?: string; selected_option?: { value: string } } }
  | { kind: 'submit'; user: string; form: string; value: string; fields: Record<string, string | string[]> }
  /** The newest modal of the person, as it was shown but for these fields. */
  | { kind: 'fill'; user: string; fields: Record<string, string | string[]> }
  | { kind: 'home'; user: string };

/** The nth input of a seed: the same on every machine, so that a failure can be run again. */
export function fuzzInput(seed: number, index: number): FuzzInput {
  const random = generator(seed * 1_000_003 + index);
  const below = (n: number) => Math.floor(random() * n);
  const pick = <T>(all: readonly T[]): T => all[below(all.length)] as T;
  const all = Object.values(SLOTS).flat();
  const word = () => (random() < 0.5 ? pick(all) : pick(HOSTILE));
  const fill = (slot: string) => {
    const fitting = SLOTS[slot];
    if (slot === 'h') return pick(HOSTILE);
    if (fitting === undefined) return slot;
    return random() < 0.12 ? pick(HOSTILE) : pick(fitting);
  };
  const mutate = (text: string): string => {
    if (text === '' || random() < 0.8) return text;
    const at = below(text.length + 1);
    const upTo = at + below(text.length + 1 - at);
    const changes = [
      () => text.slice(0, at) + pick(HOSTILE) + text.slice(at),
      () => text.slice(0, at) + text.slice(at + 1),
      () => text.slice(0, at) + String.fromCharCode(below(0x10000)) + text.slice(at),
      () => text.toUpperCase(),
      () => text.slice(0, at),
      () => text.slice(0, upTo) + text.slice(at),
      () => text.split(' ').toReversed().join(' '),
      () => text.replaceAll(' ', pick([' ', '\u{a0}', '\t', '\n', '  '])),
    ];
    // More than one change now and then.
    return mutate(pick(changes)());
  };
  const user = pick(['U0MARA', 'U0JONAS', 'U0RAVI', 'U0INES', 'U0THEO', 'U0MARA']);
  const words = (most: number) => Array.from({ length: below(most + 1) }, word);
  const campaign = () => pick(['C-1', 'C-2', 'C-3', 'C-4', 'C-9']);
  const proposal = () => `P-${1 + below(below(2) === 0 ? 6 : 400)}`;
  const chosen = () => `${campaign()}|${pick(['suspend', 'ban', 'watermark'])}|${pick(['members', 'with_review'])}`;
  const seen = () =>
    JSON.stringify({ ...SEEN, id: campaign(), status: pick(['suspected', 'acknowledged', 'dismissed']) });
  /** What a control or form of that name carries. */
  const valueOf = (id: string): string => {
    if (id === 'list.page') return JSON.stringify({ f: [pick(['open', 'mine', 'critical'])], o: below(50) });
    if (id === 'accounts.page') return `${campaign()} ${below(4)}`;
    if (id === 'why.query') return pick(SLOTS['i'] ?? []);
    if (id === 'ban.choose') return chosen();
    if (/^ban\.(?:approve|reject|stop|retry)$/.test(id)) return proposal();
    return random() < 0.9 ? campaign() : word();
  };
  const field = (name: string): string | string[] => {
    const fitting: Record<string, readonly string[]> = {
      duration: ['1h', '4h', '7d'],
      cause: ['course', 'other'],
      person: ['U0MARA', 'U0THEO'],
      kind: ['organization', 'trait'],
      end: ['30d', '90d'],
      owner: ['U0INES'],
      reason: SLOTS['r'] ?? [],
      id: ['org_1', 'acct_1', ...HOSTILE],
      action: [chosen()],
      accounts: ['', 'acct_13', 'acct_13 acct_27', 'acct_1,acct_2'],
      target: ['pagerduty', 'webhook', 'legal'],
    };
    if (random() < 0.03) return words(3);
    return random() < 0.15 ? word() : pick(Object.hasOwn(fitting, name) ? (fitting[name] ?? HOSTILE) : HOSTILE);
  };

  switch (below(20)) {
    case 0:
      return {
        kind: 'command',
        user,
        text: Array.from({ length: below(60) }, () => String.fromCharCode(below(0x10000))).join(''),
      };
    case 1:
      return { kind: 'home', user };
    case 2:
    case 3:
    case 4:
    case 5: {
      const control = pick(CONTROLS);
      const inMenu = random() < 0.3;
      const id = inMenu ? 'overflow' : mutate(control);
      const carried = (inMenu ? `${mutate(control)}|` : '') + mutate(valueOf(control));
      const clicked =
        random() < 0.5 ? { action_id: id, value: carried } : { action_id: id, selected_option: { value: carried } };
      return { kind: 'press', user, clicked };
    }
    case 6: {
      const filled = ['reason', ...FIELDS.filter(() => random() < 0.05)];
      return { kind: 'fill', user, fields: Object.fromEntries(filled.map((name) => [name, field(name)])) };
    }
    case 7:
    case 8: {
      const fields = Object.fromEntries(FIELDS.filter(() => random() < 0.95).map((name) => [name, field(name)]));
      const form = pick(FORMS);
      const carried = isOfSeen(form) ? seen() : form === 'ban.propose' ? pick(['', 'ab'.repeat(32)]) : valueOf(form);
      return { kind: 'submit', user, form: mutate(form), value: mutate(carried), fields };
    }
    default:
      return { kind: 'command', user, text: mutate(pick(TEMPLATES).split(' ').map(fill).join(' ')) };
  }
}

/** Forms that carry the campaign as the person saw it. */
function isOfSeen(form: string): boolean {
  return /^(?:snooze|dismiss|assign|reopen|escalate)\./.test(form);
}

/** mulberry32: small, and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
