import type { AccountRecord, Connection, Member } from '../kinds.ts';
import { Random } from '../random.ts';
import type { Client } from './clients.ts';
import type { Place } from './networks.ts';

export interface Reach {
  places: readonly (readonly [Place, number])[];
  clients: readonly (readonly [Client, number])[];
  accessPaths?: readonly string[];
  keys?: number;
  /** Whether place, client and key change with every request, as with a pool of proxies; else with a conversation. */
  restless?: boolean;
}

const MAY_BE_BLIND = ['client_address', 'client_asn', 'user_agent', 'tls_ja4', 'input_tokens', 'conversation_id'];

/** An account with its ways to reach the API. */
export function createMember(random: Random, record: AccountRecord, reach: Reach): Member {
  const path = random.pick(reach.accessPaths ?? ['api']);
  const count =
    reach.keys ??
    random.weighted([
      [1, 6],
      [2, 3],
      [3, 1],
    ] as const);
  const keys = Array.from({ length: count }, () => `key_${random.code(8)}`);
  const blind = new Set(MAY_BE_BLIND.filter(() => random.chance(0.03)));
  const connect = (each: Random, _at: number, conversation: string): Connection => {
    const steady = reach.restless === true ? each : new Random(`${record.account_id}/${conversation}`);
    const place = steady.weighted(reach.places);
    const client = steady.weighted(reach.clients);
    return {
      access_path: path,
      ...(path === 'chat' ? {} : { api_key_id: steady.pick(keys) }),
      client_address: place.address(steady),
      client_asn: place.asn,
      user_agent: client.userAgent,
      tls_ja4: client.ja4,
    };
  };
  return { record, connect, blind };
}
