import type { Random } from './random.ts';

export interface Client {
  readonly userAgent: string;
  readonly ja4: string;
}

/** Software that calls the API, the popular first. The versions in use are many, the TLS stacks few. */
const programs: readonly (readonly [string, number])[] = [
  ['corvid-python', 9],
  ['corvid-node', 8],
  ['python-requests', 6],
  ['axios', 5],
  ['Go-http-client', 2],
  ['corvid-go', 4],
  ['okhttp', 5],
  ['aiohttp', 5],
  ['httpx', 6],
  ['corvid-java', 4],
  ['node-fetch', 3],
  ['reqwest', 4],
  ['curl', 5],
  ['corvid-ruby', 3],
  ['undici', 4],
  ['guzzle', 3],
  ['corvid-dotnet', 3],
  ['Faraday', 3],
];

const browsers = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{v}.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.{m} Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:{v}.0) Gecko/20100101 Firefox/{v}.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_{m} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
];

export interface ClientCatalogue {
  readonly sdks: readonly Client[];
  readonly browsers: readonly Client[];
}

function ja4(random: Random): string {
  return `t13d${random.int(10, 19)}${random.int(10, 18)}h${random.int(1, 2)}_${random.hex(12)}_${random.hex(12)}`;
}

export function makeClients(random: Random): ClientCatalogue {
  const sdks = programs.flatMap(([name, versions]) => {
    const stacks = Array.from({ length: 1 + Math.floor(versions / 3) }, () => ja4(random));
    return Array.from({ length: versions }, (_, i) => ({
      userAgent: `${name}/${random.int(0, 3)}.${random.int(0, 40)}.${i}`,
      ja4: random.pick(stacks),
    }));
  });
  const pages = browsers.flatMap((template) => {
    const stack = ja4(random);
    return Array.from({ length: 5 }, (_, i) => ({
      userAgent: template.replaceAll('{v}', String(136 + i)).replace('{m}', String(i + 1)),
      ja4: stack,
    }));
  });
  return { sdks, browsers: pages };
}
