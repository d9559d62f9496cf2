import { describe, expect, it } from 'vitest';
import { createLineUp } from '../../src/replay/line-up.ts';

/** Work that waits for a word, and notes that it was begun. */
function work(begun: string[], name: string) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const run = async () => {
    begun.push(name);
    await ended;
  };
  return { run, end: () => end() };
}

/** Lets everything go on that can. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a line-up', () => {
  it('does one thing after the other, and lets its bringer go ahead up to the bound', async () => {
    const begun: string[] = [];
    const [first, second, third] = [work(begun, 'first'), work(begun, 'second'), work(begun, 'third')];
    const lineUp = createLineUp(10);
    await lineUp.add(5, first.run);
    await lineUp.add(5, second.run);
    let isThrough = false;
    const over = lineUp.add(5, third.run).then(() => (isThrough = true));
    await settle();
    expect({ begun, isThrough }).toEqual({ begun: ['first'], isThrough: false });
    first.end();
    await over;
    expect(begun).toEqual(['first', 'second']);
    second.end();
    third.end();
    await lineUp.done();
    expect(begun).toEqual(['first', 'second', 'third']);
  });

  it('takes what is larger than the bound, and waits for it', async () => {
    const lineUp = createLineUp(1);
    let isDone = false;
    await lineUp.add(5, async () => {
      await settle();
      isDone = true;
    });
    expect(isDone).toBe(true);
  });

  it('does nothing after a fault, and tells it to whoever waits', async () => {
    const begun: string[] = [];
    const lineUp = createLineUp(10);
    await lineUp.add(6, () => Promise.reject(new Error('the database is gone')));
    await expect(lineUp.add(6, work(begun, 'second').run)).rejects.toThrow('the database is gone');
    await expect(lineUp.done()).rejects.toThrow('the database is gone');
    expect(begun).toEqual([]);
  });

  it('when dropped ends what is under way, and nothing more', async () => {
    const begun: string[] = [];
    const [first, second] = [work(begun, 'first'), work(begun, 'second')];
    const lineUp = createLineUp(10);
    await lineUp.add(1, first.run);
    await lineUp.add(1, second.run);
    await settle();
    const dropped = lineUp.drop();
    first.end();
    await dropped;
    await lineUp.done();
    expect(begun).toEqual(['first']);
  });
});
