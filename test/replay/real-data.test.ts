import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createWorld, people, queue } from '../detections/world.ts';
import { sharedFile } from '../shared-folder.ts';
import { accuracy, replayOf } from './replay-world.ts';

/** Prompts made to distil a model, questions of a public evaluation, and instructions that people wrote. */
const [TOOLFORMER, GSM8K, SELF_INSTRUCT] = ['gpteacher_toolformer', 'gsm8k_test', 'selfinstruct_user_oriented'].map(
  (name) => sharedFile('data', `${name}.ndjson`),
);
const missing = [TOOLFORMER, GSM8K, SELF_INSTRUCT].includes(undefined);

function promptsOf(file: string | undefined): string[] {
  const lines = readFileSync(file ?? '', 'utf8').split('\n');
  return lines.filter(Boolean).map((line) => {
    const { instruction, input, question } = JSON.parse(line) as Record<string, string>;
    return question ?? [instruction, input].filter(Boolean).join('\n');
  });
}

/** About four characters a token. */
const tokensOf = (prompt: string): number => Math.ceil(prompt.length / 4);

/** Real prompts in the mouths of made-up accounts; the provider's classifier knows so much of the distilling ones. */
function realWorld({ labelled }: { labelled: number }) {
  const world = createWorld('real data');
  const [distilling, evaluation, instructions] = [TOOLFORMER, GSM8K, SELF_INSTRUCT].map(promptsOf);
  world.pool(120, (index) => ({ rhythm: people(10, (index % 17) - 8) }));
  world.pool(60, (index) => ({
    rhythm: people(12, (index % 17) - 8),
    exchange: (_, random) => {
      const prompt = random.pick((index % 2 === 0 ? evaluation : instructions) ?? []);
      return {
        prompt,
        input_tokens: tokensOf(prompt),
        output_tokens: Math.round(tokensOf(prompt) * random.between(0.5, 3)),
      };
    },
  }));
  let next = 0;
  const network = world.pool(24, (index) => ({
    account: { payment_fingerprint: `virtual ${Math.floor(index / 6)}`, payment_kind: 'virtual_card' },
    rhythm: queue(26),
    exchange: (_, random) => {
      const prompt = distilling?.[next++ % distilling.length] ?? '';
      return {
        prompt,
        input_tokens: tokensOf(prompt),
        output_tokens: random.int(3, 8) * tokensOf(prompt),
        labels: random.chance(labelled) ? ['data_generation'] : ['tool_use'],
      };
    },
  }));
  const exchanges = world.exchanges.toSorted((a, b) => (a.occurred_at < b.occurred_at ? -1 : 1));
  return { accounts: world.accounts, exchanges, network };
}

describe.skipIf(missing)(
  `real prompts${missing ? ' (skipped: the folder of real data is missing)' : ''}`,
  { timeout: 180_000 },
  () => {
    it('of a network that distils are told from those of an evaluation and of people', async () => {
      const { network, ...recording } = realWorld({ labelled: 0.4 });
      const { campaigns } = await replayOf(recording);
      const { precision, recall } = accuracy(campaigns, new Set(network));
      expect(precision).toBeGreaterThanOrEqual(0.99);
      expect(recall).toBeGreaterThanOrEqual(0.95);
      expect(campaigns.map((campaign) => campaign.kind)).toEqual(['extraction']);
      expect(campaigns[0]?.families).toEqual(expect.arrayContaining(['content', 'timing']));
    });

    it('of a network whose wording elicits nothing are told apart without a classifier too', async () => {
      const { network, ...recording } = realWorld({ labelled: 0 });
      const { campaigns, counts } = await replayOf(recording);
      expect(counts.exchanges).toBe(recording.exchanges.length);
      const { precision, recall } = accuracy(campaigns, new Set(network));
      expect(precision).toBe(1);
      expect(recall).toBeGreaterThanOrEqual(0.95);
      expect(campaigns.map((campaign) => campaign.kind)).toEqual(['extraction']);
    });
  },
);
