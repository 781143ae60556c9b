import { kB, median, ms, type Figure } from './numbers.ts';

/** Pages, and the milliseconds that the server may take for each; `/account` shows next to nothing. */
const PAGES = [
  ['/account', 12],
  ['/status', 15],
  ['/activity', 15],
  ['/persons', 21],
  ['/routes', 22],
] as const;

/** Bytes of a page as it leaves the server, before compression. */
const BYTES: Readonly<Record<string, number>> = { '/persons': 85e3, '/routes': 120e3 };

type Times = { omni: string; origin: string; key: string; cookie: string; runs: number };

async function timed(url: string, headers: Record<string, string>): Promise<{ took: number; bytes: number }> {
  const started = performance.now();
  const answer = await fetch(url, { headers, redirect: 'manual' });
  const { byteLength } = await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
  return { took: performance.now() - started, bytes: byteLength };
}

/**
 * How long the server takes for its pages, asked in turn with what they are compared with: the list of people straight from Omni, and the
 * least that the same Next answers (a handler that says it lives).
 */
export async function pageTimes({ omni, origin, key, cookie, runs }: Times): Promise<Figure[]> {
  const asked: { what: string; url: string; headers: Record<string, string> }[] = [
    { what: 'straight', url: `${omni}/api/v2/persons?limit=21`, headers: { 'x-api-key': key } },
    { what: 'least', url: `${origin}/api/health/live`, headers: {} },
    ...PAGES.map(([what]) => ({ what, url: origin + what, headers: { cookie } })),
  ];
  const all = new Map(asked.map(({ what }) => [what, { took: [] as number[], bytes: 0 }]));
  for (let round = -5; round < runs; round++) {
    for (const { what, url, headers } of asked) {
      const { took, bytes } = await timed(url, headers);
      const own = all.get(what);
      if (!own || round < 0) continue;
      own.took.push(took);
      own.bytes = bytes;
    }
  }
  const of = (what: string) => median(all.get(what)?.took ?? []);
  const times = (value: number, other: string) => `${(value / of(other)).toFixed(1)} ×`;
  return [
    { what: 'the list of people straight from Omni', figure: ms(of('straight')) },
    { what: 'the least that Next answers', figure: ms(of('least')) },
    ...PAGES.map(([path, target]) => ({
      what: path,
      figure: ms(of(path)),
      note: `target ≤ ${target} ms; ${times(of(path), '/account')} the emptiest page, ${times(of(path), 'least')} the least, ${times(of(path), 'straight')} the list`,
    })),
    ...Object.entries(BYTES).map(([path, most]) => ({
      what: `${path} as HTML`,
      figure: kB(all.get(path)?.bytes ?? Number.NaN),
      note: `target ≤ ${kB(most)}`,
    })),
  ];
}
