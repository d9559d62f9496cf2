/** Controls, bidirectional overrides, zero-width and other invisible characters that could disguise a text. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}\p{Co}\u{34f}\u{115f}\u{1160}\u{3164}\u{ffa0}]+/gu;

/** Look-alikes without a meaning in Slack's markup. */
const LOOK_ALIKES: Record<string, string> = { '*': '∗', '~': '∼', '`': 'ˋ', _: 'ˍ', '@': '＠' };

/** Text from outside for a plain-text field: one line, nothing invisible, at most `max` characters. */
export function cleanText(text: string, max = 80): string {
  return cut(text.replaceAll(INVISIBLE, ' ').replaceAll(/\s+/g, ' ').trim(), max);
}

/**
 * Text from outside for mrkdwn: what `cleanText` leaves, with every character that could open a mention, a link, an
 * emoji or an emphasis made harmless. `max` counts characters as people see them, before escaping.
 */
export function escapeText(text: string, max = 300): string {
  return escapeEntities(
    cleanText(text, max)
      .replaceAll(
        /[*~`]|@(?=channel|here|everyone)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu,
        (character) => LOOK_ALIKES[character] ?? character,
      )
      .replaceAll(/:(?=[\w+'-]+:)/g, '∶'),
  );
}

/** A name from outside, such as an account's id, in a code span: shown to the letter, with no markup in it. */
export function codeText(text: string, max = 128): string {
  const cleaned = cleanText(text, max).replaceAll('`', 'ˋ');
  return `\`${escapeEntities(cleaned === '' ? '?' : cleaned)}\``;
}

/** Who did something, without a mention of strangers: a Slack user's id becomes a link to the person. */
export function personText(actor: string): string {
  return /^[UW][A-Z0-9]{2,30}$/.test(actor) ? `<@${actor}>` : escapeText(actor, 80);
}

/** A user group by id, which this calls, or by handle, which is only named. */
export function groupText(group: string): string {
  return /^S[A-Z0-9]{4,}$/.test(group) ? `<!subteam^${group}>` : `@${escapeText(group, 40)}`;
}

function escapeEntities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function cut(text: string, max: number): string {
  // Slack counts UTF-16 units; a surrogate pair is not torn apart.
  return text.length <= max ? text : `${text.slice(0, max - 1).replace(/\p{Surrogate}$/u, '')}…`;
}
