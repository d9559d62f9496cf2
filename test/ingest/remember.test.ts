import { expect, test } from 'vitest';
import { createRecentKeys } from '../../src/ingest/recent-keys.ts';
import { remember } from '../../src/ingest/remember.ts';

test('asks once for what recurs, undefined answers too', () => {
  const asked: string[] = [];
  const answer = remember(10, (text: string) => {
    asked.push(text);
    return text === 'none' ? undefined : text.length;
  });
  expect(['a', 'none', 'a', 'none'].map(answer)).toEqual([1, undefined, 1, undefined]);
  expect(asked).toEqual(['a', 'none']);
});

test('what is asked for again stays through a stream of new values', () => {
  let asked = 0;
  const answer = remember(10, (text) => {
    if (text === 'kept') asked += 1;
    return text;
  });
  for (let at = 0; at < 1000; at += 1) {
    answer(`new ${at}`);
    answer('kept');
  }
  expect(asked).toBe(1);
});

test('a key is told for a repeat while it is recent', () => {
  const recent = createRecentKeys(4);
  expect([1n, 2n, 1n].map((key) => recent.add(key))).toEqual([true, true, false]);
  for (const key of [3n, 4n, 5n, 6n, 7n]) recent.add(key);
  expect(recent.add(1n)).toBe(true);
});
