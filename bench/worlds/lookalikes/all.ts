import type { Group } from '../kinds.ts';
import type { Random } from '../random.ts';
import type { Setting } from '../setting.ts';
import { agentFramework } from './agent-framework.ts';
import { aggregator } from './aggregator.ts';
import { ciCron } from './ci-cron.ts';
import { companyCard } from './company-card.ts';
import { corporateNat } from './corporate-nat.ts';
import { evalHarnessPublic } from './eval-harness-public.ts';
import { evalRunner } from './eval-runner.ts';
import { hackathon } from './hackathon.ts';
import { proxyResale } from './proxy-resale.ts';
import { startupBoilerplate } from './startup-boilerplate.ts';
import { stolenKey } from './stolen-key.ts';
import { syntheticDataEnterprise } from './synthetic-data-enterprise.ts';
import { universityCourse } from './university-course.ts';
import { vpnUsers } from './vpn-users.ts';

type LookAlike = (setting: Setting, random: Random, questions?: readonly string[]) => Group;

/** Every benign look-alike that must stay unaccused; all act in every world. */
export const LOOK_ALIKES: Record<string, LookAlike> = {
  'eval-runner': evalRunner,
  'eval-harness-public': evalHarnessPublic,
  'agent-framework': agentFramework,
  'startup-boilerplate': startupBoilerplate,
  'corporate-nat': corporateNat,
  'university-course': universityCourse,
  'company-card': companyCard,
  aggregator,
  'ci-cron': ciCron,
  'synthetic-data-enterprise': syntheticDataEnterprise,
  hackathon,
  'vpn-users': vpnUsers,
  'stolen-key': stolenKey,
  'proxy-resale': proxyResale,
};
