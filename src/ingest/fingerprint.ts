import { ACCESS_PATHS, MARKS } from '../campaigns/marks.ts';
import type { TraitKind } from '../campaigns/trait.ts';
import { capabilityOfLabels, createCapabilityReader } from './capability.ts';
import { createKeyedHash, createTraitHash, subkey } from './keyed-hash.ts';
import { createMarkReader, marksOfLabels } from './marks.ts';
import { networkOf } from './network.ts';
import type { Account, Exchange } from './records.ts';
import { remember } from './remember.ts';
import { createTextPrints } from './text-prints.ts';
import { createWordReader } from './words.ts';

/** What is kept of an exchange's text and origins: numbers that mean nothing without the key. */
interface Fingerprint {
  traits: bigint[];
  marks: number;
  capability: number;
  accessPath: number;
}

export interface Fingerprinter {
  accountKey(accountId: string): bigint;
  /** Of an exchange's id, which is unique for its account alone. */
  exchangeKey(accountId: string, id: string): bigint;
  lineHash(line: string): bigint;
  exchange(record: Exchange): Fingerprint;
  /** Traits that hold for an account as a whole. */
  account(account: Account): bigint[];
}

const PROMPT_BANDS = 4;
const SYSTEM_BANDS = 2;
/** Shorter prompts are said by anyone: "hi there". */
const LEAST_ITEM_WORDS = 8;
/** Values that recur (accounts, clients, networks, system prompts) are hashed once while they are among this many. */
const REMEMBERED = 20_000;
/** System prompts are long: fewer of them. */
const REMEMBERED_TEXTS = 4_000;

interface TextPrint {
  traits: bigint[];
  marks: number;
}

/** `secret`: the installation's key; the same key gives the same fingerprints, and nobody without it can make them. */
export function createFingerprinter(secret: string): Fingerprinter {
  const words = createWordReader(subkey(secret, 'words')[0] ?? 0);
  const marksOf = createMarkReader(words);
  const capabilityOf = createCapabilityReader(words);
  const promptTraits = createTextPrints(secret, 'prompt', PROMPT_BANDS);
  const systemTraits = createTextPrints(secret, 'system', SYSTEM_BANDS);
  const item = createTraitHash(secret, 'prompt_item');
  const value = (kind: TraitKind) => remember(REMEMBERED, createTraitHash(secret, kind).text);
  const client = value('tls_client');
  const userAgent = value('user_agent');
  const asnHash = createTraitHash(secret, 'asn').text;
  const asn = remember(REMEMBERED, (number: number) => asnHash(String(number)));
  const origin = value('reasoning_origin');
  // One purpose for both, so that the network of the sign-up and those of use differ in their kind alone.
  const network = remember(REMEMBERED, networkTrait(createTraitHash(secret, 'network', 'network').text));
  const signupNetwork = networkTrait(createTraitHash(secret, 'signup_network', 'network').text);
  const payment = createTraitHash(secret, 'payment');
  const emailDomain = value('email_domain');
  const exchange = createKeyedHash(secret, 'exchange');
  const system = remember(REMEMBERED_TEXTS, (text: string): TextPrint => {
    const read = words.read(text);
    return { traits: systemTraits(read), marks: marksOf(read) };
  });

  return {
    accountKey: remember(REMEMBERED, createKeyedHash(secret, 'account').text),
    exchangeKey: (accountId, id) => exchange.text(`${accountId}\0${id}`),
    lineHash: createKeyedHash(secret, 'line').text,
    exchange(record) {
      const traits: bigint[] = [];
      const labels = record.labels ?? [];
      let marks = marksOfLabels(labels);
      let capability = capabilityOfLabels(labels);
      if (record.prompt) {
        const read = words.read(record.prompt);
        traits.push(...promptTraits(read));
        if (read.start.length >= LEAST_ITEM_WORDS) traits.push(item.words(read.exact, 0, 2));
        marks |= marksOf(read);
        if (capability === 0) capability = capabilityOf(read);
      }
      if (record.system_instructions) {
        const print = system(record.system_instructions);
        traits.push(...print.traits);
        marks |= print.marks;
      }
      if (record.tls_ja4) traits.push(client(record.tls_ja4));
      if (record.user_agent) traits.push(userAgent(record.user_agent));
      if (record.client_asn !== undefined) traits.push(asn(record.client_asn));
      const from = record.client_address ? network(record.client_address) : undefined;
      if (from !== undefined) traits.push(from);
      const replayed = record.reasoning_origin_conversation_id;
      // Without a conversation of its own nothing tells that the signature came from another.
      if (replayed && record.conversation_id && replayed !== record.conversation_id) {
        traits.push(origin(replayed));
        marks |= MARKS.replays_reasoning;
      }
      return { traits, marks, capability, accessPath: accessPathOf(record.access_path) };
    },
    account(account) {
      const traits: bigint[] = [];
      if (account.payment_fingerprint) traits.push(payment.text(account.payment_fingerprint));
      const signup = account.signup_address ? signupNetwork(account.signup_address) : undefined;
      if (signup !== undefined) traits.push(signup);
      if (account.email_domain) traits.push(emailDomain(account.email_domain.toLowerCase()));
      return traits;
    },
  };
}

function networkTrait(hash: (network: string) => bigint): (address: string) => bigint | undefined {
  return (address) => {
    const network = networkOf(address);
    return network === undefined ? undefined : hash(network);
  };
}

function accessPathOf(path: string | undefined): number {
  if (path === undefined) return 0;
  const code = (ACCESS_PATHS as readonly string[]).indexOf(path.toLowerCase());
  return code > 0 ? code : ACCESS_PATHS.indexOf('other');
}
