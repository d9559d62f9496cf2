import { id } from './composition.ts';
import { bool, byType, choice, list, number, object, type Rule, string } from './shape.ts';

const style = { style: object({}, { bold: bool, italic: bool, strike: bool, code: bool, underline: bool }) };

const inline = byType(
  {
    text: object({ text: string() }, style),
    link: object({ url: string() }, { ...style, text: string(), unsafe: bool }),
    emoji: object({ name: string() }, { ...style, unicode: string(), skin_tone: number(), url: string() }),
    user: object({ user_id: string() }, style),
    usergroup: object({ usergroup_id: string() }, style),
    channel: object({ channel_id: string() }, style),
    team: object({ team_id: string() }, style),
    broadcast: object({ range: choice('here', 'channel', 'everyone') }, style),
    color: object({ value: string() }, style),
    date: object(
      { timestamp: number({ integer: true }), format: string() },
      { ...style, url: string(), fallback: string() },
    ),
  },
  'rich text element',
);

const inlines = { elements: list(inline, { min: 0 }) };
const border = { border: number({ min: 0, max: 1 }) };
const section = object(inlines);

/** A `rich_text` block, in a message, a view or a table's cell. */
export const richText: Rule = object(
  {
    elements: list(
      byType(
        {
          rich_text_section: section,
          rich_text_quote: object(inlines, border),
          rich_text_preformatted: object(inlines, { ...border, language: string() }),
          rich_text_list: object(
            { style: choice('bullet', 'ordered'), elements: list(byType({ rich_text_section: section }, 'element')) },
            { ...border, indent: number({ min: 0, max: 8 }), offset: number({ min: 0 }) },
          ),
        },
        'rich text element',
      ),
    ),
  },
  { block_id: id },
);
