import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRichText } from '../../../../sandbox/page/text/rich-text.ts';
import { everyLink } from '../everything.ts';

const section = (...elements: unknown[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});

describe('parseRichText', () => {
  it('nests styles, code innermost', () => {
    expect(parseRichText(section({ type: 'text', text: 'a', style: { bold: true, code: true } }))).toEqual([
      {
        kind: 'paragraph',
        children: [{ kind: 'bold', children: [{ kind: 'code', children: [{ kind: 'text', text: 'a' }] }] }],
      },
    ]);
  });

  it('reads every kind of element', () => {
    const [flow] = parseRichText(
      section(
        { type: 'user', user_id: 'U1' },
        { type: 'channel', channel_id: 'C1' },
        { type: 'usergroup', usergroup_id: 'S1' },
        { type: 'broadcast', range: 'here' },
        { type: 'emoji', name: 'custom', unicode: '1f525' },
        { type: 'date', timestamp: 1, format: '{date}', fallback: 'then' },
        { type: 'link', url: 'https://example.com/', text: 'x' },
        { type: 'color', value: '#17695f' },
      ),
    );
    expect(flow?.kind === 'paragraph' && flow.children.map(({ kind }) => kind)).toEqual([
      'user',
      'channel',
      'usergroup',
      'broadcast',
      'emoji',
      'date',
      'link',
      'color',
    ]);
    expect(flow).toMatchObject({ children: expect.arrayContaining([expect.objectContaining({ char: '🔥' })]) });
  });

  it('reads lists with indent and offset, quotes and preformatted text', () => {
    const item = { type: 'rich_text_section', elements: [{ type: 'text', text: 'a' }] };
    const flows = parseRichText({
      elements: [
        { type: 'rich_text_list', style: 'ordered', indent: 1, offset: 2, elements: [item] },
        { type: 'rich_text_quote', elements: item.elements },
        { type: 'rich_text_preformatted', elements: item.elements },
      ],
    });
    expect(flows).toMatchObject([
      { kind: 'list', ordered: true, indent: 1, start: 3 },
      { kind: 'quote' },
      { kind: 'pre' },
    ]);
  });

  it('shows the words of a link that it will not open', () => {
    const flows = parseRichText(section({ type: 'link', url: 'javascript:alert(1)', text: 'free' }));
    expect(flows).toEqual([{ kind: 'paragraph', children: [{ kind: 'text', text: 'free' }] }]);
  });

  it('never throws, and never opens a script, whatever shape comes', () => {
    const type = fc.constantFrom(
      'text',
      'link',
      'user',
      'emoji',
      'date',
      'color',
      'rich_text_section',
      'rich_text_list',
      'nonsense',
    );
    const url = fc.constantFrom('javascript:alert(1)', 'https://example.com', ' java\tscript:x', 'data:,x');
    const element = fc.record(
      {
        type,
        url,
        text: fc.anything(),
        timestamp: fc.anything(),
        style: fc.anything(),
        unicode: fc.anything(),
        elements: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const part = fc.record({
      type: fc.constantFrom('rich_text_section', 'rich_text_list', 'rich_text_quote', 'rich_text_preformatted'),
      elements: fc.array(fc.oneof(element, fc.anything())),
      indent: fc.anything(),
      offset: fc.anything(),
    });
    fc.assert(
      fc.property(fc.record({ elements: fc.array(fc.oneof(part, fc.anything())) }), (block) => {
        for (const link of everyLink(parseRichText(block))) expect(link).toMatch(/^https:/);
      }),
      { numRuns: 500 },
    );
  });
});
