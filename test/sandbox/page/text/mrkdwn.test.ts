import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Flow, Inline } from '../../../../sandbox/page/text/inline.ts';
import { parseMrkdwn, parseMrkdwnLine } from '../../../../sandbox/page/text/mrkdwn.ts';
import { everyLink, hostileText, literalText } from '../everything.ts';

const text = (value: string): Inline => ({ kind: 'text', text: value });
const paragraph = (...children: Inline[]): Flow => ({ kind: 'paragraph', children });

const letters = (value: string) => value.replace(/[^a-z]/g, '');

describe('parseMrkdwnLine', () => {
  it('reads bold, italic and struck text at the edges of words', () => {
    expect(parseMrkdwnLine('*a* _b_ ~c~')).toEqual([
      { kind: 'bold', children: [text('a')] },
      text(' '),
      { kind: 'italic', children: [text('b')] },
      text(' '),
      { kind: 'strike', children: [text('c')] },
    ]);
  });

  it.each(['2*3*4', 'snake_case_name', 'a * b * c', '*', '**', '* a*', '~~~', '_ _'])('leaves %j as it is', (line) => {
    expect(parseMrkdwnLine(line)).toEqual([text(line)]);
  });

  it('reads styles inside of styles', () => {
    expect(parseMrkdwnLine('*a _b_*')).toEqual([
      { kind: 'bold', children: [text('a '), { kind: 'italic', children: [text('b')] }] },
    ]);
  });

  it('keeps code from being styled', () => {
    expect(parseMrkdwnLine('`*a* &lt;b&gt;`')).toEqual([{ kind: 'code', children: [text('*a* <b>')] }]);
  });

  it('reads mentions, with and without labels', () => {
    expect(
      parseMrkdwnLine('<@U1> <@U2|ben> <#C1|general> <!subteam^S1|@oncall> <!here>').filter(
        ({ kind }) => kind !== 'text',
      ),
    ).toEqual([
      { kind: 'user', id: 'U1', label: '' },
      { kind: 'user', id: 'U2', label: 'ben' },
      { kind: 'channel', id: 'C1', label: 'general' },
      { kind: 'usergroup', id: 'S1', label: '@oncall' },
      { kind: 'broadcast', range: 'here' },
    ]);
  });

  it('reads dates with their link and fallback', () => {
    expect(parseMrkdwnLine('<!date^1776816240^{date} at {time}^https://example.com/|22 Apr>')).toEqual([
      {
        kind: 'date',
        seconds: 1776816240,
        format: '{date} at {time}',
        fallback: '22 Apr',
        url: 'https://example.com/',
      },
    ]);
  });

  it('links addresses, marked or bare, and leaves the sentence its full stop', () => {
    expect(parseMrkdwnLine('<https://example.com/a|see> https://example.com/b.')).toEqual([
      { kind: 'link', url: 'https://example.com/a', children: [text('see')] },
      text(' '),
      { kind: 'link', url: 'https://example.com/b', children: [text('https://example.com/b')] },
      text('.'),
    ]);
  });

  it.each(['<javascript:alert(1)|free>', '<data:text/html,x>', '<vbscript:x|y>', '<file:///etc/passwd|z>'])(
    'makes no link of %s',
    (line) => {
      expect(everyLink(parseMrkdwn(line))).toEqual([]);
      expect(literalText(parseMrkdwn(line))).toBe(line);
    },
  );

  it('reads known emoji and leaves times and unknown names alone', () => {
    expect(parseMrkdwnLine(':fire: 10:30:45 :nosuch:')).toEqual([
      { kind: 'emoji', name: 'fire', char: '🔥' },
      text(' 10:30:45 :nosuch:'),
    ]);
  });

  it('decodes each escape once', () => {
    expect(parseMrkdwnLine('&lt;script&gt; &amp;lt; &quot;')).toEqual([text('<script> &lt; &quot;')]);
  });
});

describe('parseMrkdwn', () => {
  it('joins lines, and sets quotes and fenced text apart', () => {
    expect(parseMrkdwn('a\nb\n> c\n&gt; d\n```x\n*y*```\nz')).toEqual([
      paragraph(text('a'), { kind: 'break' }, text('b')),
      { kind: 'quote', children: [paragraph(text('c'), { kind: 'break' }, text('d'))] },
      { kind: 'pre', children: [text('x\n*y*')] },
      paragraph(text('z')),
    ]);
  });

  it('quotes the rest after three marks', () => {
    expect(parseMrkdwn('>>>a\nb')).toEqual([
      { kind: 'quote', children: [paragraph(text('a'), { kind: 'break' }, text('b'))] },
    ]);
  });

  it('reads any text, and opens nothing but web, mail and phone', () => {
    fc.assert(
      fc.property(hostileText, (source) => {
        for (const url of everyLink(parseMrkdwn(source))) expect(url).toMatch(/^(?:https?|mailto|tel):/);
      }),
      { numRuns: 500 },
    );
  });

  it('loses no letter of what a person wrote', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z*_~`>\n ]{0,80}$/), (source) => {
        expect(letters(literalText(parseMrkdwn(source)))).toBe(letters(source));
      }),
      { numRuns: 500 },
    );
  });

  it.each(['*', '_', '~', '`', '<', '>', '*a', 'a*', '<@', '*_~', '```', ':x', 'https://'])(
    'reads 40,000 of %j without going deep',
    (piece) => {
      expect(parseMrkdwn(piece.repeat(40_000 / piece.length)).length).toBeGreaterThan(0);
    },
  );
});
