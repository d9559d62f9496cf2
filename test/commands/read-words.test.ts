import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { nearest } from '../../src/slack/nearest.ts';
import { readWords } from '../../src/commands/read-words.ts';

describe('readWords', () => {
  const two = z.object({ campaign: z.string(), reason: z.string().min(3, 'the reason is too short') });

  it('gives each word its place', () => {
    expect(readWords(two, ['C-1', 'noise'])).toEqual({ ok: true, args: { campaign: 'C-1', reason: 'noise' } });
    expect(readWords(two, ['C-1', 'known', 'partner'], 'text')).toMatchObject({ args: { reason: 'known partner' } });
  });

  it('says what is missing, too much, or wrong', () => {
    expect(readWords(two, ['C-1'])).toEqual({ ok: false, problem: 'the reason is missing' });
    expect(readWords(two, ['C-1', 'noise', 'and'])).toEqual({ ok: false, problem: 'and is one word too many' });
    expect(readWords(two, ['C-1', 'no'])).toEqual({ ok: false, problem: 'the reason is too short' });
  });

  it('gives all that follow to a last argument of words', () => {
    const filter = z.object({ filter: z.array(z.string()) });
    expect(readWords(filter, [], 'words')).toEqual({ ok: true, args: { filter: [] } });
    expect(readWords(filter, ['a', 'b'], 'words')).toEqual({ ok: true, args: { filter: ['a', 'b'] } });
  });
});

describe('nearest', () => {
  const verbs = ['help', 'status', 'list', 'show', 'ack'];
  it.each([
    ['stauts', 'status'],
    ['lst', 'list'],
    ['shwo', 'show'],
    ['akc', 'ack'],
    ['STAT', 'status'],
    ['frobnicate', undefined],
    ['', undefined],
  ])('%j is meant as %s', (typed, meant) => {
    expect(nearest(typed, verbs)).toBe(meant);
  });
});
