import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Inline } from '../../../../sandbox/page/text/inline.ts';
import { parseMarkdown } from '../../../../sandbox/page/text/markdown.ts';
import { everyLink, hostileText } from '../everything.ts';

const text = (value: string): Inline => ({ kind: 'text', text: value });

describe('parseMarkdown', () => {
  it('reads headings, rules and paragraphs', () => {
    expect(parseMarkdown('# One\n\ntwo\nthree\n\n---')).toEqual([
      { kind: 'heading', level: 1, children: [text('One')] },
      { kind: 'paragraph', children: [text('two'), { kind: 'break' }, text('three')] },
      { kind: 'rule' },
    ]);
  });

  it('reads styles, code and links', () => {
    expect(parseMarkdown('**a** *b* __c__ ~~d~~ `e` [f](https://example.com/)')).toEqual([
      {
        kind: 'paragraph',
        children: [
          { kind: 'bold', children: [text('a')] },
          text(' '),
          { kind: 'italic', children: [text('b')] },
          text(' '),
          { kind: 'bold', children: [text('c')] },
          text(' '),
          { kind: 'strike', children: [text('d')] },
          text(' '),
          { kind: 'code', children: [text('e')] },
          text(' '),
          { kind: 'link', url: 'https://example.com/', children: [text('f')] },
        ],
      },
    ]);
  });

  it('reads fenced code without looking into it', () => {
    expect(parseMarkdown('```ts\n**a**\n```\nb')).toEqual([
      { kind: 'pre', children: [text('**a**')] },
      { kind: 'paragraph', children: [text('b')] },
    ]);
  });

  it('reads lists inside of lists, and tasks', () => {
    const [list] = parseMarkdown('1. a\n   - [x] b\n   - [ ] c\n2. d');
    expect(list).toMatchObject({
      kind: 'list',
      ordered: true,
      start: 1,
      items: [{ children: [{ kind: 'paragraph' }, { items: [{ checked: true }, { checked: false }] }] }, {}],
    });
  });

  it('reads tables with their alignment', () => {
    expect(parseMarkdown('| a | b |\n|:--|--:|\n| 1 | 2 |')).toEqual([
      { kind: 'table', align: ['left', 'right'], head: [[text('a')], [text('b')]], rows: [[[text('1')], [text('2')]]] },
    ]);
  });

  it('reads quotes, to a limit of depth', () => {
    expect(parseMarkdown('> a')).toEqual([{ kind: 'quote', children: [{ kind: 'paragraph', children: [text('a')] }] }]);
    expect(parseMarkdown('>'.repeat(12_000)).length).toBe(1);
  });

  it('makes no link of a script', () => {
    expect(everyLink(parseMarkdown('[x](javascript:alert(1)) ![y](data:text/html,z)'))).toEqual([]);
  });

  it('reads any text, and opens nothing but web, mail and phone', () => {
    fc.assert(
      fc.property(hostileText, (source) => {
        for (const url of everyLink(parseMarkdown(source))) expect(url).toMatch(/^(?:https?|mailto|tel):/);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['*', '_', '[', '](', '`', '> ', '- ', '  - \n', '|', '|-', '#', '~~'])('reads 12,000 of %j', (piece) => {
    expect(() => parseMarkdown(piece.repeat(12_000 / piece.length))).not.toThrow();
  });
});
