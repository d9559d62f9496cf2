import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { worldLines } from '../../bench/scale/world-lines.ts';

const HOUR_MS = 3_600_000;
const world = (kind: 'own' | 'none' | 'kilobyte') => worldLines({ scale: 0.0004, days: 8, seed: 'a test', text: kind });
const linesOf = async (chunks: AsyncIterable<Buffer>) =>
  (await text(chunks))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, string>);

it('gives each exchange once, in order, up to the time that is asked for', async () => {
  const one = world('none');
  const noon = one.startAt + 12 * HOUR_MS;
  const morning = await linesOf(one.until(noon).chunks);
  const rest = await linesOf(one.until(one.endAt).chunks);
  const whole = world('none');
  expect([...morning, ...rest]).toEqual(await linesOf(whole.until(whole.endAt).chunks));
  expect(morning.every(({ occurred_at: at }) => Date.parse(at ?? '') < noon)).toBe(true);
  expect(rest.every(({ occurred_at: at }) => Date.parse(at ?? '') >= noon)).toBe(true);
  expect(one.made()).toBe(morning.length + rest.length);
});

it('gives no text where none is wanted, and a kilobyte of its own where that is', async () => {
  const bare = await linesOf(world('none').until(world('none').startAt + 6 * HOUR_MS).chunks);
  expect(bare.length).toBeGreaterThan(0);
  expect(bare.filter(({ prompt, system_instructions: system }) => prompt ?? system)).toEqual([]);
  const full = await linesOf(world('kilobyte').until(world('kilobyte').startAt + 6 * HOUR_MS).chunks);
  const prompts = full.map(({ prompt }) => prompt ?? '');
  expect(new Set(prompts).size).toBe(full.length);
  expect(prompts.every(({ length }) => length >= 1_000 && length < 1_020)).toBe(true);
});
