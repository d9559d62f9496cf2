import { expect, it } from 'vitest';
import { oneAtATime } from '../src/one-at-a-time.ts';

it('begins with the next when the one before has ended, well or not', async () => {
  const begun: string[] = [];
  const ends = new Map<string, (fault?: Error) => void>();
  const work = oneAtATime(
    (name: string) =>
      new Promise<string>((resolve, reject) => {
        begun.push(name);
        ends.set(name, (fault) => (fault === undefined ? resolve(`${name} made`) : reject(fault)));
      }),
  );
  const [first, second, third] = ['a', 'b', 'c'].map(work);
  await new Promise(setImmediate);
  expect(begun).toEqual(['a']);
  ends.get('a')?.(new Error('a failed'));
  await expect(first).rejects.toThrow('a failed');
  await new Promise(setImmediate);
  expect(begun).toEqual(['a', 'b']);
  ends.get('b')?.();
  expect(await second).toBe('b made');
  await new Promise(setImmediate);
  expect(begun).toEqual(['a', 'b', 'c']);
  ends.get('c')?.();
  expect(await third).toBe('c made');
});
