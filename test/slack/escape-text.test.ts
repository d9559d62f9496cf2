import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, codeText, escapeText, personText } from '../../src/slack/escape-text.ts';

describe('escapeText', () => {
  it.each([
    ['<!channel> wake up', '&lt;!channel&gt; wake up'],
    ['<@U123> & <https://x.example|click>', '&lt;@U123&gt; &amp; &lt;https://x.example|click&gt;'],
    ['@channel', '＠channel'],
    ['mail@example.com', 'mail@example.com'],
    ['*bold* _it_ ~no~ `code`', '∗bold∗ ˍitˍ ∼no∼ ˋcodeˋ'],
    ['shared_template', 'shared_template'],
    [':skull: at 12:30', '∶skull: at 12:30'],
    ['pay\u{202e}lapyap\u{202c}', 'pay lapyap'],
    ['line\nbreak\r\n\tand\0nul', 'line break and nul'],
    ['zero\u{200b}width', 'zero width'],
  ])('makes %j harmless', (text, expected) => {
    expect(escapeText(text)).toBe(expected);
  });

  it('leaves nothing that Slack or an eye could be fooled by, whatever comes', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 200 }), (text) => {
        for (const escaped of [escapeText(text), codeText(text).slice(1, -1)]) {
          expect(escaped).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)|[\p{Cc}\p{Cf}\p{Cs}]/u);
          expect(escaped).not.toContain('`');
        }
      }),
    );
  });

  it('cuts what people see, and no surrogate pair', () => {
    expect(escapeText('&'.repeat(10), 4)).toBe('&amp;&amp;&amp;…');
    expect(cleanText('😀😀😀', 4)).toBe('😀…');
  });
});

describe('personText', () => {
  it('links Slack users and nobody else', () => {
    expect(personText('U0MARA')).toBe('<@U0MARA>');
    expect(personText('U0MARA> <!here')).toBe('U0MARA&gt; &lt;!here');
    expect(personText('retort')).toBe('retort');
  });
});
