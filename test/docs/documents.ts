import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** A page that people read; `file` is its path in the checkout. */
export interface Document {
  file: string;
  text: string;
}

/** Every Markdown page of the checkout but those of installed packages. */
export function readDocuments(): Document[] {
  const within = (folder: string) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file));
  return [...readdirSync(ROOT), ...['docs', 'src', 'sandbox', 'test', 'bench', 'deploy'].filter(exists).flatMap(within)]
    .filter((file) => file.endsWith('.md'))
    .map((file) => ({ file: file.split(path.sep).join('/'), text: readFileSync(path.join(ROOT, file), 'utf8') }))
    .toSorted((a, b) => a.file.localeCompare(b.file));
}

export function exists(file: string): boolean {
  return existsSync(path.join(ROOT, file));
}

/** Also within a list, where it is indented. */
const FENCE = /^ *```.*?^ *```/gms;

/** The code in a page's sentences and tables; one that is broken over two lines is one. */
export function spansOf({ text }: Document): string[] {
  return [...text.replaceAll(FENCE, '').matchAll(/`((?:[^`\n]|\n(?!\n))+)`/g)].map(([, code = '']) =>
    code.replaceAll(/\s*\n\s*/g, ' '),
  );
}

/** The code of a page: each inline span, and each line of its fenced blocks. */
export function codeOf(document: Document): { spans: string[]; lines: string[] } {
  const blocks = document.text.match(FENCE) ?? [];
  return { spans: spansOf(document), lines: blocks.flatMap((block) => block.split('\n').slice(1, -1)) };
}

/** Where a page's links and pictures lead, those to other sites left out. */
export function linksOf({ text }: Document): string[] {
  return [...text.replaceAll(FENCE, '').matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** The anchors of a page's headings, as code hosts make them. */
export function anchorsOf(text: string): string[] {
  return [...text.replaceAll(FENCE, '').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
