import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MATRIX, matrixTable } from '../faults/matrix.ts';
import { exists, ROOT } from './documents.ts';

const PAGE = path.join(ROOT, 'docs/reliability.md');
const BEGIN = '<!-- faults: made by test/docs/fault-matrix.test.ts from test/faults/matrix.ts, do not edit -->\n';
const END = '<!-- end of faults -->';

describe('the table of faults', () => {
  it('has the 24, each with a test', () => {
    expect(MATRIX).toHaveLength(24);
    expect(MATRIX.filter(({ tests }) => tests.length === 0)).toEqual([]);
  });

  it('names tests that exist', () => {
    const missing = MATRIX.flatMap(({ tests }) => tests).filter(({ file, title }) => {
      if (!exists(file)) return true;
      const text = readFileSync(path.join(ROOT, file), 'utf8');
      return !["'", '`', '"'].some((quote) => text.includes(`${quote}${title}${quote}`));
    });
    expect(missing).toEqual([]);
  });

  /** `RETORT_WRITE_GOLDEN=1` writes the table into the page first, for a person to read the change. */
  it('is the page’s', async () => {
    const between = (text: string) => {
      const from = text.indexOf(BEGIN);
      const to = text.indexOf(END);
      expect(from).toBeGreaterThan(0);
      expect(to).toBeGreaterThan(from);
      return { from: from + BEGIN.length, to };
    };
    const text = await readFile(PAGE, 'utf8');
    const { from, to } = between(text);
    if (process.env['RETORT_WRITE_GOLDEN'] === '1') {
      await writeFile(PAGE, `${text.slice(0, from)}\n${matrixTable()}\n${text.slice(to)}`);
    }
    const now = await readFile(PAGE, 'utf8');
    const place = between(now);
    expect(now.slice(place.from, place.to).trim()).toBe(matrixTable().trim());
  });
});
