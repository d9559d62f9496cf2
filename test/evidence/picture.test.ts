import { Buffer } from 'node:buffer';
import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { campaignGraph } from '../../src/campaigns/campaign-graph.ts';
import { drawGraph } from '../../src/evidence/picture/draw-graph.ts';
import { renderPicture } from '../../src/evidence/picture/render-picture.ts';
import { accounts } from '../campaigns/hits.ts';

const pool = accounts(0, 25_000);
const graph = campaignGraph(pool, [
  { detection: 'shared-template', family: 'content', accounts: pool },
  ...Array.from({ length: 300 }, (_, at) => ({
    detection: '<b>&"own-detection" \u202e',
    family: 'payment' as const,
    accounts: pool.slice(at * 8, at * 8 + 8),
  })),
]);

it('draws the largest campaign as a picture of bounded size, and its letters too', async () => {
  const svg = drawGraph('C-7', graph);
  const png = await renderPicture(svg);
  expect(png.length).toBeLessThan(2_000_000);
  const size = Buffer.from(png);
  expect([size.readUInt32BE(16), size.readUInt32BE(20)]).toEqual([1_500, Math.round((96 + 16 * 34 + 46) * 1.5)]);
  // Without the letters the top of the picture, where only the title is, would be all white.
  const bare = await renderPicture(svg.replaceAll(/<text.*?<\/text>/gs, ''));
  expect(bare.length).toBeLessThan(png.length);
});

it('is well-formed whatever a detection is called', () => {
  const svg = drawGraph('C-7', graph);
  expect(svg).not.toContain('<b>');
  expect(svg).toContain('&lt;b&gt;');
});

it('is the same every time', async () => {
  const pixels = async () => inflateSync(dataOf(Buffer.from(await renderPicture(drawGraph('C-7', graph)))));
  expect((await pixels()).equals(await pixels())).toBe(true);
});

/** The compressed rows of a PNG. */
function dataOf(png: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  return Buffer.concat(parts);
}
