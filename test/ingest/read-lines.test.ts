import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Line, readLines } from '../../src/ingest/read-lines.ts';

async function read(chunks: Iterable<Buffer>, longestBytes?: number): Promise<Line[]> {
  async function* source() {
    yield* chunks;
  }
  const lines: Line[] = [];
  for await (const some of readLines(source(), longestBytes)) lines.push(...some);
  return lines;
}

const texts = (lines: Line[]) => lines.map((line) => [line.number, line.text ?? 'problem']);

test('numbers lines from one, leaves out blank ones, and takes either ending and none', async () => {
  expect(texts(await read([Buffer.from('a\r\n\n  \n\tb \nc')]))).toEqual([
    [1, 'a'],
    [4, '\tb '],
    [5, 'c'],
  ]);
});

test('a byte order mark at the start is no part of the first line', async () => {
  expect(texts(await read([Buffer.from('\uFEFFa\n\uFEFFb\n')]))).toEqual([
    [1, 'a'],
    [2, '\uFEFFb'],
  ]);
});

test('a line that is not UTF-8 is told, and the next one read', async () => {
  const lines = await read([Buffer.from([0x61, 0xff, 0x0a, 0x62, 0x0a, 0xed, 0xa0, 0x80, 0x0a])]);
  expect(lines).toEqual([
    { number: 1, bytes: 2, problem: 'not UTF-8' },
    { number: 2, bytes: 1, text: 'b' },
    { number: 3, bytes: 3, problem: 'not UTF-8' },
  ]);
});

test('a line that is too long is skipped to its end, with its length', async () => {
  const lines = await read(
    ['a\n', 'x'.repeat(7), 'x'.repeat(7), 'x\nb'].map((text) => Buffer.from(text)),
    10,
  );
  expect(lines).toEqual([
    { number: 1, bytes: 1, text: 'a' },
    { number: 2, bytes: 15, problem: 'line longer than 10 bytes' },
    { number: 3, bytes: 1, text: 'b' },
  ]);
});

test('of a line without end, no more than the longest line is held', async () => {
  const chunk = Buffer.alloc(1024 * 1024, 'x');
  async function* endless() {
    for (let megabytes = 0; megabytes < 200; megabytes += 1) yield chunk;
  }
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  const lines: Line[] = [];
  for await (const some of readLines(endless())) {
    lines.push(...some);
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }
  expect(lines).toEqual([{ number: 1, bytes: 200 * chunk.length, problem: 'line longer than 1048576 bytes' }]);
  expect(most).toBeLessThan(20 * chunk.length);
});

test('where chunks end makes no difference', async () => {
  const piece = fc.oneof(
    fc
      .constantFrom('\n', '\r\n', '\r', '', ' ', '\uFEFF', 'é', '😀', '{"a":1}', 'x'.repeat(30))
      .map((t) => Buffer.from(t)),
    fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 30 }),
      fc.array(fc.nat(200), { maxLength: 12 }),
      async (pieces, cuts) => {
        const bytes = Buffer.concat(pieces);
        const ends = [...cuts.filter((at) => at < bytes.length).toSorted((a, b) => a - b), bytes.length];
        const chunks = ends.map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
        expect(await read(chunks, 40)).toEqual(await read([bytes], 40));
      },
    ),
    { numRuns: 500 },
  );
});
