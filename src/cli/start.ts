import { Command } from 'commander';

export function startCommand(): Command {
  return new Command('start')
    .description('run the bot: Slack, the scheduled jobs and the ingest endpoint')
    .action(async () => (await import('./run-bot.ts')).runBot());
}
