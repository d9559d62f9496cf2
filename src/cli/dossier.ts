import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parseCampaignId } from '../campaigns/campaign-id.ts';
import { createDossierMaker } from '../dossier-maker.ts';
import { type Attribution, readAttribution } from '../evidence/attribution.ts';
import { makeDossier } from '../evidence/make-dossier.ts';
import { MANIFEST, type Manifest, sha256 } from '../evidence/manifest.ts';
import { saveDossier } from '../evidence/save-dossier.ts';
import { type DossierVerdict, verifyDossier } from '../evidence/verify-dossier.ts';
import { visible } from '../evidence/visible.ts';
import { fingerprintKey } from '../fingerprint-key.ts';
import { loadDetections } from './load-detections.ts';
import { type Session, withSession } from './session.ts';
import { timeArgument } from './time-argument.ts';

interface Options {
  out?: string;
  asOf?: number;
  identified: boolean;
  tlp: Manifest['tlp'];
  attributionFile?: string;
}

function digest(text: string): string {
  if (/^[0-9a-f]{64}$/i.test(text)) return text;
  throw new InvalidArgumentError('It must be a SHA-256: 64 hexadecimal digits.');
}

export function dossierCommand(): Command {
  const dossier = new Command('dossier')
    .description('write the evidence package of a campaign: a folder, and the same as a zip; or check one')
    .argument('[id]', 'of the campaign, such as C-12')
    .option('--out <dir>', 'the folder to write; it must be empty or not there')
    .option(
      '--as-of <time>',
      'nothing later is told; default: all that the database knows of the campaign',
      timeArgument,
    )
    .option('--identified', 'name accounts and organisations, instead of pseudonyms', false)
    .option('--attribution-file <file>', 'a person’s statement of who is behind it, as JSON')
    .addOption(
      new Option('--tlp <mark>', 'whom it may be shown to')
        .choices(['clear', 'green', 'amber', 'red'])
        .default('amber'),
    )
    .action(async (id: string | undefined, options: Options, command: Command) => {
      const number = id === undefined ? undefined : parseCampaignId(id);
      if (number === undefined) {
        command.error(`error: "${id ?? ''}" is not a campaign's id: they look like C-12`, { exitCode: 2 });
      }
      const { out } = options;
      if (out === undefined) command.error('error: name the folder to write with --out', { exitCode: 2 });
      const attribution = await statedIn(options.attributionFile, command);
      process.stdout.write(`${await write(number, out, options, attribution)}\n`);
    });
  dossier
    .command('verify')
    .description('check a dossier: its manifest, its files, its part of the audit')
    .argument('<dir>', 'the folder')
    .option('--rerun', 'ask its queries again, of the database that it was made from', false)
    .option('--manifest <sha256>', 'of its manifest, as it was noted when it was made', digest)
    .option('--json', 'print the verdict as JSON', false)
    .action(async (directory: string, options: { rerun: boolean; manifest?: string; json: boolean }) => {
      const noted = options.manifest;
      const verdict = options.rerun
        ? await withSession(async (session) => verifyDossier(directory, { noted, maker: await makerOf(session) }))
        : await verifyDossier(directory, { noted });
      process.stdout.write(`${options.json ? JSON.stringify(verdict) : verdictText(verdict)}\n`);
      if (verdict.problems.length > 0) throw new Error('the dossier is not as it was made');
    });
  return dossier;
}

async function statedIn(file: string | undefined, command: Command): Promise<Attribution | undefined> {
  if (file === undefined) return undefined;
  const read = readAttribution(await readFile(file, 'utf8'));
  if (!read.ok) command.error(`error: ${file} is no statement: ${read.problem}`, { exitCode: 2 });
  return read.attribution;
}

async function makerOf(session: Session) {
  const { detections } = await loadDetections(session);
  const { pool } = session.database;
  return createDossierMaker({ pool, detections, fingerprintKey: await fingerprintKey(session.config) });
}

async function write(number: number, out: string, options: Options, attribution: Attribution | undefined) {
  return withSession(async (session) => {
    const { asOf, identified, tlp } = options;
    const made = await makeDossier(await makerOf(session), { number, asOf, identified, tlp, attribution });
    if (!made.ok) throw new Error(made.says);
    const { folder, zip } = await saveDossier(made.dossier, out);
    const seal = sha256(made.dossier.files.get(MANIFEST) ?? '');
    return `${made.dossier.campaign} as of ${made.dossier.manifest.as_of}\n${folder}\n${zip}\nsha256 of ${MANIFEST}, to be noted elsewhere: ${seal}`;
  });
}

function verdictText({ campaign, files, manifestSha256, problems, queries }: DossierVerdict): string {
  const asked =
    queries === null
      ? []
      : [`${queries.filter(({ same }) => same).length} of ${queries.length} queries answer the same`];
  const head = `${campaign ?? 'no dossier'}: ${files} files, manifest ${manifestSha256 ?? 'missing'}`;
  return [
    head,
    ...asked,
    ...(problems.length === 0 ? ['whole'] : problems.map((problem) => `- ${visible(problem)}`)),
  ].join('\n');
}
