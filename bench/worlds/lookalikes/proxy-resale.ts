import type { Group } from '../kinds.ts';
import { createProxyAccounts, proxyCustomers } from '../people/proxy-pool.ts';
import type { Random } from '../random.ts';
import type { Setting } from '../setting.ts';

/** The grey market: accounts resold to ordinary developers. A finding of its own kind, and no distillation. */
export function proxyResale(setting: Setting, random: Random): Group {
  const members = createProxyAccounts(setting, random, random.int(35, 65));
  const happenings = proxyCustomers(setting, random, members, random.between(7, 15));
  return { name: 'proxy-resale', kind: 'resale', members, happenings };
}
