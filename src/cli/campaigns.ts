import { Command } from 'commander';
import { parseCampaignId } from '../campaigns/campaign-id.ts';
import { campaignRecord } from '../campaigns/campaign-record.ts';
import { loadCampaign } from '../db/campaign.ts';
import { readAccountIds } from '../db/campaign-account.ts';
import { readCampaignRecords } from '../db/campaign-records.ts';
import { campaignLine, campaignPage } from './campaign-text.ts';
import { withSession } from './session.ts';

export function campaignsCommand(): Command {
  return new Command('campaigns')
    .description('list campaigns, or show one')
    .argument('[id]', 'of one campaign, such as C-12')
    .option('--json', 'print them as JSON')
    .action(async (id: string | undefined, { json = false }: { json?: boolean }, command: Command) => {
      const number = id === undefined ? undefined : parseCampaignId(id);
      if (id !== undefined && number === undefined) {
        command.error(`error: "${id}" is not a campaign's id: they look like C-12`, { exitCode: 2 });
      }
      const text = await withSession(({ database }) =>
        number === undefined ? listText(database.pool, json) : pageText(database.pool, number, json),
      );
      process.stdout.write(`${text}\n`);
    });
}

type Pool = Parameters<typeof readCampaignRecords>[0];

async function listText(pool: Pool, json: boolean): Promise<string> {
  const campaigns = await readCampaignRecords(pool);
  if (json) return JSON.stringify({ campaigns });
  return campaigns.length === 0 ? 'no campaigns' : campaigns.map(campaignLine).join('\n');
}

async function pageText(pool: Pool, number: number, json: boolean): Promise<string> {
  const campaign = await loadCampaign(pool, number);
  if (campaign === undefined) throw new Error(`there is no campaign C-${number}; retort campaigns lists them`);
  const record = campaignRecord(campaign, await readAccountIds(pool, number));
  const reasons = campaign.evidence.reasons.map((reason) => `${reason.text} (${reason.family})`);
  return json ? JSON.stringify({ campaigns: [record] }) : campaignPage(record, reasons);
}
