import { Command } from 'commander';
import { version } from '../version.ts';
import { auditCommand } from './audit.ts';
import { campaignsCommand } from './campaigns.ts';
import { demoCommand } from './demo.ts';
import { detectCommand } from './detect.ts';
import { doctorCommand } from './doctor.ts';
import { dossierCommand } from './dossier.ts';
import { indicatorsCommand } from './indicators.ts';
import { ingestCommand } from './ingest.ts';
import { manifestCommand } from './manifest.ts';
import { migrateCommand } from './migrate.ts';
import { replayCommand } from './replay.ts';
import { restoredCommand } from './restored.ts';
import { simulateCommand } from './simulate.ts';
import { startCommand } from './start.ts';

/** `retort` with all its commands; nothing is done before it is parsed. */
export function createProgram(): Command {
  const program = new Command('retort')
    .description('Catches distillation campaigns against an AI model API, and alerts in Slack.')
    .version(version)
    .helpCommand(true);
  for (const command of [
    startCommand(),
    demoCommand(),
    migrateCommand(),
    restoredCommand(),
    ingestCommand(),
    detectCommand(),
    campaignsCommand(),
    replayCommand(),
    simulateCommand(),
    auditCommand(),
    dossierCommand(),
    indicatorsCommand(),
    manifestCommand(),
    doctorCommand(),
  ])
    program.addCommand(command);
  return program;
}
