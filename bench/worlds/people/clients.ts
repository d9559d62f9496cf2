import type { Random } from '../random.ts';

/** A program that speaks to the API. */
export interface Client {
  userAgent: string;
  ja4: string;
}

export interface Clients {
  /** A kit or library of the many in use; popular ones are popular. */
  library: (random: Random) => Client;
  browser: (random: Random) => Client;
  /** A program of somebody's own: a name or a handshake that few others have. */
  own: (random: Random) => Client;
}

function handshake(random: Random): string {
  return `t13d${random.int(10, 19)}${random.int(10, 19)}h2_${random.hex(12)}_${random.hex(12)}`;
}

const LIBRARIES = [
  'python-httpx/0.27.0',
  'python-requests/2.32.3',
  'node-fetch/1.0',
  'axios/1.7.2',
  'okhttp/4.12.0',
  'curl/8.5.0',
  'Go-http-client/2.0',
  'Java-http-client/17.0.9',
  'litellm/1.60.2',
  'langbridge-py/0.12.0',
];
const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:135.0) Gecko/20100101 Firefox/135.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
];

export function createClients(random: Random): Clients {
  const brand = random.pick(['Atlas', 'Beacon', 'Orrery', 'Palisade']);
  const kits = ['Python', 'JS', 'Go'].flatMap((language, rank) => {
    const shakes = Array.from({ length: 3 }, () => handshake(random));
    const minor = random.int(20, 60);
    return Array.from({ length: random.int(12, 24) }, (_, at): readonly [Client, number] => [
      { userAgent: `${brand}/${language}/1.${minor + at}.0`, ja4: shakes[at % 3] as string },
      (1 + at / 4) / (rank + 1),
    ]);
  });
  const plain = LIBRARIES.map((userAgent): readonly [Client, number] => [
    { userAgent, ja4: handshake(random) },
    random.between(2, 9),
  ]);
  const browsers = BROWSERS.map((userAgent): readonly [Client, number] => [
    { userAgent, ja4: handshake(random) },
    random.between(1, 4),
  ]);
  const all = [...kits, ...plain];
  return {
    library: (each) => each.weighted(all),
    browser: (each) => each.weighted(browsers),
    own: (each) => ({
      userAgent: each.chance(0.6)
        ? `${each.code(6)}-client/${each.int(0, 3)}.${each.int(0, 20)}`
        : each.weighted(all).userAgent,
      ja4: handshake(each),
    }),
  };
}
