import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MATRIX, matrixTable } from '../faults/matrix.ts';
import { exists, ROOT } from './documents.ts';
import { generatedPart } from './generated-part.ts';

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

  it('is the page’s', () => {
    const text = matrixTable().trim();
    expect(generatedPart({ file: 'docs/reliability.md', name: 'faults', text })).toBe(text);
  });
});
