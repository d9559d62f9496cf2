/** Straight and curly double quotes. A single one is an apostrophe more often than not. */
const QUOTED = /["“”„]([^"“”„]*)["“”„](?=\s|$)|\S+/gu;

/** The words of what a person typed; what stands in double quotes is one word. */
export function splitWords(text: string): string[] {
  return [...text.matchAll(QUOTED)].map(([word, quoted]) => withoutLink(quoted ?? word)).filter((word) => word !== '');
}

/** Slack turns addresses into links, `<mailto:a@b.c|a@b.c>`: people meant what they see. Mentions stay. */
function withoutLink(word: string): string {
  return word.replace(/^<(?:mailto:|https?:)[^|>]*\|([^>]*)>$/, '$1').replace(/^<(?:mailto:)?([^@!#|>][^|>]*)>$/, '$1');
}
