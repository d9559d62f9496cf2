#!/usr/bin/env node
import { Command } from 'commander';
import { auditCommand } from './cli/audit.ts';
import { campaignsCommand } from './cli/campaigns.ts';
import { demoCommand } from './cli/demo.ts';
import { detectCommand } from './cli/detect.ts';
import { doctorCommand } from './cli/doctor.ts';
import { dossierCommand } from './cli/dossier.ts';
import { indicatorsCommand } from './cli/indicators.ts';
import { ingestCommand } from './cli/ingest.ts';
import { migrateCommand } from './cli/migrate.ts';
import { replayCommand } from './cli/replay.ts';
import { restoredCommand } from './cli/restored.ts';
import { runProgram } from './cli/run-program.ts';
import { simulateCommand } from './cli/simulate.ts';
import { startCommand } from './cli/start.ts';
import { isDebugging } from './config.ts';
import { version } from './version.ts';

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
  doctorCommand(),
])
  program.addCommand(command);

process.exitCode = await runProgram(program, process.argv.slice(2), {
  stderr: (text) => void process.stderr.write(text),
  debug: isDebugging(),
});

// Whatever still holds the program open by now, such as a statement that does not end, is cut off.
setTimeout(() => process.exit(), 3_000).unref();
