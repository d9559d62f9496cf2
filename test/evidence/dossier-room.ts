import type pg from 'pg';
import { confirmCampaign } from '../../src/campaigns/lifecycle.ts';
import { createCampaignStore } from '../../src/db/campaign-store.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { createDossierMaker } from '../../src/dossier-maker.ts';
import { type Dossier, type DossierMaker, type DossierOrder, makeDossier } from '../../src/evidence/make-dossier.ts';
import { END } from '../detections/world.ts';
import { dealtAccount, live, look, peopledWorld } from '../jobs/campaign-world.ts';

/** Names that a gateway's records may hold, each of which would do something where it is not heeded. */
export const HOSTILE = {
  markup: '<script>alert(1)</script>',
  attribute: `"><img src=x onerror=alert('x')>`,
  formula: `=cmd|'/C calc'!A0`,
  plus: '+1+1',
  bidi: 'acct_\u{202e}gnp.exe',
  pattern: "x'] OR [file:name = 'y",
} as const;

export const KEY = 'a key for tests only, thirty-two characters';

/** A world with one campaign of 24 accounts, some of them with hostile names, which a person has confirmed. */
export async function campaignInDatabase(pool: pg.Pool): Promise<void> {
  const world = peopledWorld('dossier');
  const names = Object.values(HOSTILE);
  world.pool(24, (index) => {
    const life = dealtAccount(world, index);
    const account_id = names[index];
    const organization_id = index === 7 ? 'org_of_one' : null;
    return {
      ...life,
      account: { ...life.account, organization_id, ...(account_id === undefined ? {} : { account_id }) },
    };
  });
  await live(pool, world);
  await look(pool);
  await createCampaignStore(pool).transition(1, { actor: 'U0MARA', now: END + 60_000 }, (campaign) =>
    confirmCampaign(campaign, { actor: 'U0MARA', now: END + 60_000, why: `cards match <b>& ${HOSTILE.markup}\u{7}` }),
  );
}

export const makerOf = (pool: pg.Pool, change: Partial<DossierMaker> = {}): DossierMaker => ({
  ...createDossierMaker({ pool, detections: DETECTIONS, fingerprintKey: KEY }),
  version: '0.0.0-test',
  ...change,
});

export async function dossierOf(pool: pg.Pool, order: Partial<DossierOrder> = {}): Promise<Dossier> {
  const made = await makeDossier(makerOf(pool), { number: 1, ...order });
  if (!made.ok) throw new Error(made.says);
  return made.dossier;
}
