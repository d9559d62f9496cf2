import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWordReader, END_CHARACTERS, START_CHARACTERS } from '../../src/ingest/words.ts';

const reader = createWordReader(0x5eed_1234);
const startOf = (text: string) => [...reader.read(text).start];
const exactOf = (text: string) => reader.read(text).exact;
const hashes = (...words: string[]) => words.map((word) => reader.hashOf(word));

test.each([
  ['Hello, World!', ['hello', 'world']],
  ['  tabs\tand\nlines ', ['tabs', 'and', 'lines']],
  ['snake_case-and/paths', ['snake', 'case', 'and', 'paths']],
  ["don’t DON'T", ['dont', 'dont']],
  ['ｆｕｌｌ width', ['full', 'width']],
  ['Straße ПРИВЕТ', ['straße', 'привет']],
  ['een\u200bwoord', ['eenwoord']],
  ['so\u00adft', ['soft']],
  ['𝐛𝐨𝐥𝐝', ['bold']],
  ['', []],
  ['?!… 😀', []],
])('%j has the words %j', (text, words) => {
  expect(startOf(text)).toEqual(hashes(...words));
});

test('text without spaces is read by the character', () => {
  expect(startOf('请一步一步')).toEqual(hashes('请', '一', '步', '一', '步'));
  expect(startOf('用Python写')).toEqual(hashes('用', 'python', '写'));
  expect(startOf('𠀀𠀁')).toEqual(hashes('𠀀', '𠀁'));
});

test('all numbers are one word, and still told apart to the letter', () => {
  const [number] = startOf('7');
  for (const text of ['1', '42', '10,000.5', '1.2.3', '٣']) expect(startOf(text)).toEqual([number]);
  expect(startOf('1, 2')).toEqual([number, number]);
  expect(startOf('v2 v10')).toEqual(startOf('v1').concat(startOf('v99')));
  expect(exactOf('2 apples')).not.toEqual(exactOf('3 apples'));
});

test('to the letter, case, spacing and punctuation do not matter, and all else does', () => {
  expect(exactOf('One  two: three')).toEqual(exactOf('one two, THREE!'));
  const others = ['one two three', 'one three two', 'onetwo three', 'one two', 'one two three three'];
  expect(new Set(others.map((text) => exactOf(text).join())).size).toBe(others.length);
});

test('a long text is read at both ends, and its length is part of it', () => {
  const text = `start ${'x '.repeat(START_CHARACTERS)}the very end`;
  const { start, end } = reader.read(text);
  expect(start[0]).toBe(createWordReader(0x5eed_1234).hashOf('start'));
  expect(start.length).toBeLessThanOrEqual(START_CHARACTERS);
  expect(end.length).toBeLessThanOrEqual(END_CHARACTERS);
  expect(Array.from(end.subarray(-3))).toEqual(hashes('the', 'very', 'end'));
  expect(exactOf(`${'x '.repeat(5000)}end`)).not.toEqual(exactOf(`${'x '.repeat(5001)}end`));
});

test('hostile megabytes are no more words than the buffers hold', () => {
  const pieces = ['\ufdfa', 'a\u0315\u0300\u05ae', ' ', "'", '1,', '😀', '中', '\u200b', '\ud800', '\udbff\ue000', 'İ'];
  for (const piece of pieces) {
    const { start, end } = reader.read(piece.repeat(Math.ceil(1_000_000 / piece.length)));
    expect(start.length).toBeLessThanOrEqual(START_CHARACTERS);
    expect(end.length).toBeLessThanOrEqual(END_CHARACTERS);
  }
});

test('any text at all can be read, again with the same result', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.integer({ min: 0, max: 400 }), (text, cut) => {
      const torn = text.slice(cut);
      expect(startOf(torn)).toEqual(startOf(torn));
      expect(exactOf(torn.toUpperCase().toLowerCase())).toHaveLength(2);
    }),
  );
});

test('without the seed, words cannot be told', () => {
  expect(createWordReader(1).hashOf('word')).not.toBe(createWordReader(2).hashOf('word'));
});
