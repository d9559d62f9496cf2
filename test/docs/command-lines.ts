import { type Document, spansOf } from './documents.ts';

/** A command line of the program, without its name, and where it stands. */
export interface CommandLine {
  file: string;
  /** As it is written. */
  text: string;
  words: string[];
}

const SHELL_FENCE = /^ *```sh\n(.*?)^ *```/gms;
/** In front of the program's own words: alone, by npx, as a path, or within a container or a pod. */
const PROGRAM =
  /^(?:npx retort|retort|node --import tsx src\/main\.ts|\S+\/\.bin\/retort|docker (?:run|compose) .* retort|kubectl .* -- retort) /;
const WORD = /(?:'[^']*'|"[^"]*"|[^\s'"])+/g;

/** The lines of a page's shell blocks: continued ones as one, comments left out, each side of a pipe by itself. */
export function shellLinesOf({ text }: Document): string[] {
  return [...text.matchAll(SHELL_FENCE)]
    .flatMap(([, block = '']) => block.replaceAll(/\\\n\s*/g, '').split('\n'))
    .flatMap((line) => line.replace(/(^|\s)#.*$/, '').split(/ (?:\||&&|;) /))
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Every command line of the program on a page that can be typed as it is: in shell blocks, and after `npx` in a sentence. */
export function commandLinesOf(document: Document): CommandLine[] {
  const typed = spansOf(document).filter((span) => /^npx retort [a-z]/.test(span));
  return [...shellLinesOf(document), ...typed].flatMap((text) => {
    const program = PROGRAM.exec(text);
    return program === null ? [] : [{ file: document.file, text, words: wordsOf(text.slice(program[0].length)) }];
  });
}

/** Mentions of a command in a sentence or a table, which may leave words out: `retort audit verify [--anchor FILE]`. */
export function mentionsOf(document: Document): CommandLine[] {
  return spansOf(document)
    .filter((span) => span.startsWith('retort '))
    .map((text) => ({
      file: document.file,
      text,
      words: wordsOf(text.slice('retort '.length).replaceAll(/[[\]]/g, '')),
    }));
}

function wordsOf(text: string): string[] {
  return (text.match(WORD) ?? []).map((word) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'));
}
