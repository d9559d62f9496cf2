import path from 'node:path';
import { expect, it } from 'vitest';
import { renderPicture } from '../src/evidence/picture/render-picture.ts';
import { forkPicture, type ForkPictureOptions } from '../src/fork-picture.ts';
import { program } from './programs.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><text x="4" y="20">C-7</text></svg>';
const open = (change: Partial<ForkPictureOptions> = {}) =>
  forkPicture({
    signal: new AbortController().signal,
    program: program('src/picture-process.ts'),
    ...change,
  });

it('draws, byte by byte, what this process would', async () => {
  const [near, far] = await Promise.all([renderPicture(SVG), open()(SVG)]);
  expect(Buffer.from(far).equals(Buffer.from(near))).toBe(true);
  expect([Buffer.from(far).readUInt32BE(16), Buffer.from(far).readUInt32BE(20)]).toEqual([120, 60]);
});

it('tells who waits why there is none', async () => {
  await expect(open()('<svg')).rejects.toThrow(/SVG/);
  const nowhere = path.join(await temporaryDirectory(), 'nothing.js');
  await expect(open({ program: nowhere })(SVG)).rejects.toThrow('the process that made the picture ended (status 1)');
  const ending = new AbortController();
  const lost = open({ signal: ending.signal })(SVG);
  ending.abort();
  await expect(lost).rejects.toThrow('the program ended before the picture was made');
});
