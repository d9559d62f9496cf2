import { createRequire } from 'node:module';

/** The one family of letters that comes with Retort, so that a picture is the same on every machine. */
export const FONT = 'DejaVu Sans';
const require = createRequire(import.meta.url);
const FILES = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) => require.resolve(`dejavu-fonts-ttf/ttf/${name}`));
/** Sharp on most screens, and below a megabyte. */
const ZOOM = 1.5;

/** A drawing as PNG, with the shipped letters and no others; drawn beside the event loop, which it would hold up for a second. */
export async function renderPicture(svg: string): Promise<Uint8Array> {
  // With the first picture: the bot, which has them drawn in a process of their own, is spared it.
  const { renderAsync } = await import('@resvg/resvg-js');
  const picture = await renderAsync(svg, {
    font: { fontFiles: FILES, loadSystemFonts: false, defaultFontFamily: FONT },
    fitTo: { mode: 'zoom', value: ZOOM },
    background: '#ffffff',
  });
  return picture.asPng();
}
