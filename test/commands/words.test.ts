import { describe, expect, it } from 'vitest';
import { EndTime } from '../../src/commands/end-time.ts';
import { Person } from '../../src/commands/person.ts';
import { splitWords } from '../../src/commands/split-words.ts';

describe('splitWords', () => {
  it.each([
    ['snooze C-1  4h   "a course"', ['snooze', 'C-1', '4h', 'a course']],
    ['dismiss 1 “it’s a course”', ['dismiss', '1', 'it’s a course']],
    ["dismiss 1 it's 'fine'", ['dismiss', '1', "it's", "'fine'"]],
    ['note 1 "unfinished business', ['note', '1', '"unfinished', 'business']],
    ['note 1 say"no"thing', ['note', '1', 'say"no"thing']],
    ['note 1 ""', ['note', '1']],
    ['account <mailto:a@b.example|a@b.example>', ['account', 'a@b.example']],
    ['account <http://a.example|a.example>', ['account', 'a.example']],
    ['account <https://a.example/x>', ['account', 'https://a.example/x']],
    ['assign 1 <@U0MARA|mara>', ['assign', '1', '<@U0MARA|mara>']],
    ['<!channel> <#C0ALERTS|x>', ['<!channel>', '<#C0ALERTS|x>']],
    ['', []],
  ])('%s', (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });
});

describe('EndTime', () => {
  const NOW = Date.parse('2026-04-30T09:00:00Z');
  it.each([
    ['90m', 90 * 60_000],
    ['4h', 4 * 3_600_000],
    ['4H', 4 * 3_600_000],
    ['2 days', 48 * 3_600_000],
    ['1d12h', 36 * 3_600_000],
    ['6w', 42 * 86_400_000],
    ['2026-05-01', 15 * 3_600_000],
    ['2026-05-01T09:00:00Z', 24 * 3_600_000],
  ])('reads %s', (text, ms) => {
    expect(EndTime.parse(text)(NOW) - NOW).toBe(ms);
  });

  it.each(['soon', '4', 'h', '4x', '2026-02-30', '2026-13-01', '99999h', '', '4h!', '1e3h'])('refuses %j', (text) => {
    expect(EndTime.safeParse(text).error?.issues[0]?.message).toContain('write 4h, 30d, 6w or 2026-12-31');
  });
});

describe('Person', () => {
  it.each([
    ['<@U0MARA|mara>', 'U0MARA'],
    ['<@U0MARA>', 'U0MARA'],
    ['me', 'U0RAVI'],
    ['ME', 'U0RAVI'],
  ])('reads %s', (text, id) => {
    expect(Person.parse(text)('U0RAVI')).toBe(id);
  });

  it.each(['@mara', 'mara', '<!channel>', '<@u0mara>', '<@U0MARA> '])('refuses %s', (text) => {
    expect(Person.safeParse(text).success).toBe(false);
  });
});
