import { describe, expect, it } from 'vitest';
import { type Format, readIndicators } from '../../src/evidence/sharing/read-indicators.ts';
import { formatTrait } from '../../src/evidence/trait-name.ts';

const KEY_ID = '0123456789abcdef';
const TRAIT = 'c2f6358fb11cf4cc';
const PATTERN = `[retort-trait:value = '${TRAIT}' AND retort-trait:key_id = '${KEY_ID}']`;
const indicator = (change: object = {}) => ({
  type: 'indicator',
  id: 'indicator--1',
  name: 'a card',
  pattern: PATTERN,
  pattern_type: 'stix',
  ...change,
});
const bundle = (...objects: object[]) => JSON.stringify({ type: 'bundle', id: 'bundle--1', objects });

function taken(text: string, format: Format) {
  const read = readIndicators(text, format);
  if (!read.ok) throw new Error(read.problem);
  return read;
}

describe('a STIX bundle', () => {
  it('gives its indicators, with their end', () => {
    const { indicators, skipped } = taken(
      bundle({ type: 'campaign' }, indicator({ valid_until: '2026-10-01T00:00:00Z' }), indicator({ name: undefined })),
      'stix',
    );
    expect(indicators).toMatchObject([
      { keyId: KEY_ID, note: 'a card', validUntil: Date.parse('2026-10-01T00:00:00Z') },
      { keyId: KEY_ID, note: '', validUntil: null },
    ]);
    expect(indicators.map(({ trait }) => formatTrait(String(trait)))).toEqual([TRAIT, TRAIT]);
    expect(skipped).toEqual([]);
  });

  it.each([
    ['another observable', { pattern: "[ipv4-addr:value = '198.51.100.1']" }, 'has a pattern that is no retort-trait'],
    ['more than one', { pattern: `${PATTERN} OR ${PATTERN}` }, 'has a pattern that is no retort-trait'],
    ['no key', { pattern: `[retort-trait:value = '${TRAIT}']` }, 'has a pattern that is no retort-trait'],
    [
      'a number of no kind',
      { pattern: PATTERN.replace(TRAIT, '0'.repeat(16)) },
      'has a pattern that is no retort-trait',
    ],
    ['another language', { pattern_type: 'yara' }, 'has a pattern that is no retort-trait'],
    ['a revocation', { revoked: true }, 'was revoked'],
    ['no pattern', { pattern: undefined }, 'is no indicator of STIX 2.1'],
    ['a time that is none', { valid_until: 'soon' }, 'is no indicator of STIX 2.1'],
  ])('is skipped where it has %s', (_, change, reason) => {
    expect(taken(bundle(indicator(change)), 'stix')).toMatchObject({ indicators: [], skipped: [{ reason }] });
  });

  it.each(['', '{}', '[]', 'null', '{"type":"bundle","objects":[1]}'])('that is %j is refused', (text) => {
    expect(readIndicators(text, 'stix')).toEqual({ ok: false, problem: 'it is no STIX bundle' });
  });
});

describe('CSV', () => {
  it('gives its rows, in whatever order of columns, with notes made harmless', () => {
    const text = `\u{feff}note,valid_until,key_id,trait\r\n"a ""card""\u{202e}\u{7}\nof theirs",2026-10-01,${KEY_ID},${TRAIT}\r\n,,${KEY_ID},${TRAIT.toUpperCase()}\r\n`;
    const { indicators, skipped } = taken(text, 'csv');
    expect(skipped).toEqual([]);
    expect(indicators).toMatchObject([
      { note: 'a "card" of theirs', validUntil: Date.parse('2026-10-01') },
      { note: '', validUntil: null },
    ]);
    expect(indicators[0]?.trait).toBe(indicators[1]?.trait);
  });

  it('skips rows that do not fit, and goes on', () => {
    const rows = [`=cmd(),${KEY_ID},`, `${TRAIT},${KEY_ID},tomorrow`, `${TRAIT},${KEY_ID},`];
    const { indicators, skipped } = taken(['trait,key_id,valid_until', ...rows].join('\n'), 'csv');
    expect(indicators).toHaveLength(1);
    expect(skipped).toEqual([
      { where: 'row 1', reason: 'has no trait of sixteen hexadecimal digits' },
      { where: 'row 2', reason: 'has a valid_until that does not fit' },
    ]);
  });

  it.each([
    ['other columns', 'indicator\nx', 'must name the columns'],
    ['an open quote', 'trait,key_id\n"x', 'it is no CSV'],
  ])('with %s is refused', (_, text, words) => {
    expect(readIndicators(text, 'csv')).toMatchObject({ ok: false, problem: expect.stringContaining(words) });
  });
});
