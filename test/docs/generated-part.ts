import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './documents.ts';

interface GeneratedPart {
  /** A page's path in the checkout. */
  file: string;
  /** What stands between `<!-- name: … -->` and `<!-- end of name -->`. */
  name: string;
  /** What is to stand there. */
  text: string;
}

/** What stands in a part of a page that is made of `text`; `RETORT_WRITE_GOLDEN=1` writes it first, for a person to read the change. */
export function generatedPart({ file, name, text }: GeneratedPart): string {
  const page = path.join(ROOT, file);
  const before = readFileSync(page, 'utf8');
  const place = placeOf(before, name);
  if (process.env['RETORT_WRITE_GOLDEN'] === '1') {
    writeFileSync(page, `${before.slice(0, place.from)}\n${text.trim()}\n\n${before.slice(place.to)}`);
  }
  const now = readFileSync(page, 'utf8');
  const { from, to } = placeOf(now, name);
  return now.slice(from, to).trim();
}

function placeOf(page: string, name: string): { from: number; to: number } {
  const begin = new RegExp(`^<!-- ${name}: made by .* do not edit -->\n`, 'm').exec(page);
  const to = page.indexOf(`<!-- end of ${name} -->`);
  if (begin === null || to < begin.index) throw new Error(`there is no place for ${name}`);
  return { from: begin.index + begin[0].length, to };
}
