import { createHash } from 'node:crypto';
import { z } from 'zod';
import { digestOf } from './ask-query.ts';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What a dossier consists of. */
export const Manifest = z.strictObject({
  format: z.literal(1),
  retort: z.string(),
  campaign: z.string(),
  as_of: z.iso.datetime(),
  data: z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime(), closed: z.boolean() }),
  identified: z.boolean(),
  tlp: z.enum(['clear', 'green', 'amber', 'red']),
  /** Names the fingerprint key without telling it: two installations with one key have one name for it. */
  key_id: z.string(),
  files: z.record(z.string(), z.strictObject({ sha256: Sha256, bytes: z.number().int() })),
  /** SHA-256 of the canonical JSON of all above. */
  seal: Sha256,
});
export type Manifest = z.output<typeof Manifest>;
export type ManifestHead = Omit<Manifest, 'files' | 'seal'>;

export const MANIFEST = 'manifest.json';

export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

export function manifestOf(head: ManifestHead, files: ReadonlyMap<string, string>): Manifest {
  const listed = Object.fromEntries(
    [...files]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, content]) => [name, { sha256: sha256(content), bytes: Buffer.byteLength(content) }]),
  );
  const unsealed = { ...head, files: listed };
  return { ...unsealed, seal: digestOf(unsealed) };
}

/** What does not agree: the manifest with its seal, and the folder's files with the manifest. */
export function checkManifest({ seal, ...rest }: Manifest, files: ReadonlyMap<string, Uint8Array>): string[] {
  const problems = digestOf(rest) === seal ? [] : [`${MANIFEST} was edited: its seal does not fit`];
  for (const [name, { sha256: expected, bytes }] of Object.entries(rest.files)) {
    const content = files.get(name);
    if (content === undefined) problems.push(`${name} is missing`);
    else if (content.length !== bytes || sha256(content) !== expected) problems.push(`${name} was changed`);
  }
  for (const name of files.keys()) {
    if (name !== MANIFEST && !Object.hasOwn(rest.files, name)) problems.push(`${name} is not in the manifest`);
  }
  return problems;
}
