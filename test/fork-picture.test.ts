import path from 'node:path';
import { expect, it } from 'vitest';
import { graphPicture, type GraphWish } from '../src/evidence/picture/graph-picture.ts';
import { forkPicture, type ForkPictureOptions } from '../src/fork-picture.ts';
import { program } from './programs.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const WISH: GraphWish = {
  id: 'C-7',
  graph: {
    ties: [{ detection: 'shared-payment', family: 'payment', findings: 1, accounts: 2, of: [0, 1] }],
    drawn: 2,
    accounts: 2,
    left: 0,
  },
};
const open = (change: Partial<ForkPictureOptions> = {}) =>
  forkPicture({
    signal: new AbortController().signal,
    program: program('src/picture-process.ts'),
    ...change,
  });

it('draws, byte by byte, what this process would', async () => {
  const [near, far] = await Promise.all([graphPicture(WISH), open()(WISH)]);
  expect(Buffer.from(far).equals(Buffer.from(near))).toBe(true);
  // As wide as it is drawn, and half as wide again.
  expect(Buffer.from(far).readUInt32BE(16)).toBe(1_500);
});

it('tells who waits why there is none', async () => {
  await expect(open()({ id: 'C-7' } as GraphWish)).rejects.toThrow(/undefined/);
  const nowhere = path.join(await temporaryDirectory(), 'nothing.js');
  await expect(open({ program: nowhere })(WISH)).rejects.toThrow('the process that made the picture ended (status 1)');
  const ending = new AbortController();
  const lost = open({ signal: ending.signal })(WISH);
  ending.abort();
  await expect(lost).rejects.toThrow('the program ended before the picture was made');
});
