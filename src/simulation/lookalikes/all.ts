import type { LookAlike } from '../group.ts';
import { agentFramework } from './agent-framework.ts';
import { aggregator } from './aggregator.ts';
import { campusNetwork } from './campus-network.ts';
import { companyCard } from './company-card.ts';
import { contractedData } from './contracted-data.ts';
import { course } from './course.ts';
import { cronJobs } from './cron-jobs.ts';
import { evalHarness } from './eval-harness.ts';
import { evalRunner } from './eval-runner.ts';
import { hackathon } from './hackathon.ts';
import { officeNetwork } from './office-network.ts';
import { proxyResale } from './proxy-resale.ts';
import { starterApps } from './starter-apps.ts';
import { stolenKey } from './stolen-key.ts';
import { vpnExits } from './vpn-exits.ts';

/** Benign groups that look like campaigns. Every world holds all of them. */
export const LookAlikes: readonly LookAlike[] = [
  evalRunner,
  evalHarness,
  agentFramework,
  starterApps,
  officeNetwork,
  campusNetwork,
  course,
  companyCard,
  aggregator,
  cronJobs,
  contractedData,
  hackathon,
  vpnExits,
  proxyResale,
  stolenKey,
];
