import { Command, InvalidArgumentError } from 'commander';
import { creationLink, overHttp, readManifest } from './slack-manifest.ts';

export function manifestCommand(): Command {
  return new Command('manifest')
    .description('print the link that makes the Slack app in your workspace')
    .option('--host <name>', 'of HTTP mode: where Slack reaches Retort by https; without it Socket Mode', host)
    .option('--yaml', 'print the manifest itself, to be pasted')
    .action(async (options: { host?: string; yaml?: true }) => {
      const { text } = await readManifest();
      const manifest = options.host === undefined ? text : overHttp(text, `https://${options.host}/slack/events`);
      process.stdout.write(options.yaml ? manifest : `${creationLink(manifest)}\n`);
    });
}

function host(text: string): string {
  const url = `https://${text}`;
  if (!URL.canParse(url) || new URL(url).host !== text.toLowerCase()) {
    throw new InvalidArgumentError('It must be a host name, such as retort.example.com.');
  }
  return text.toLowerCase();
}
