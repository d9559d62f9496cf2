import { createCampaign } from './campaigns/campaign.ts';
import type { Group } from './kinds.ts';
import { LOOK_ALIKES } from './lookalikes/all.ts';
import { createPopulation } from './people/population.ts';
import { Random } from './random.ts';
import { readRealPrompts } from './real-prompts.ts';
import type { Scenario, Withheld } from './scenarios.ts';
import { createSetting, type Setting } from './setting.ts';

export interface World {
  scenario: Scenario;
  seed: string;
  random: Random;
  setting: Setting;
  groups: readonly Group[];
  without: readonly Withheld[];
}

export interface WorldOptions {
  scenario: Scenario;
  seed: string;
  days?: number | undefined;
  /** Multiplies the population and the campaign's accounts. */
  size?: number | undefined;
  without?: readonly Withheld[] | undefined;
}

/** Who does what in a world, before a line of it is written. Undefined where the real prompts that it needs are missing. */
export function createWorld({ scenario, seed, days, size = 1, without = [] }: WorldOptions): World | undefined {
  const real = scenario.real === true ? readRealPrompts() : undefined;
  if (scenario.real === true && real === undefined) return undefined;
  const random = new Random(`${scenario.name}/${seed}`);
  const setting = createSetting(random.fork('setting'), days ?? random.int(...scenario.days), size);
  const count = Math.round(random.int(...scenario.population) * size);
  const groups = [
    createPopulation(setting, random.fork('population'), count),
    ...Object.entries(LOOK_ALIKES).map(([name, create]) => create(setting, random.fork(name), real?.gsm8k)),
    ...scenario.campaigns.map((spec) => createCampaign(setting, random.fork(spec.name), spec, real)),
  ];
  return { scenario, seed, random, setting, groups, without: [...(scenario.without ?? []), ...without] };
}
