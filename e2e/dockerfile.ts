import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../scripts/processes.ts';

type Copy = { from: string | undefined; sources: string[] };

/** What the image is made of and how it starts, read from its Dockerfile. */
export type Image = { copies: Copy[]; env: Record<string, string>; user: string; command: string[]; probe: string };

export function readDockerfile(): Image {
  const lines = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.trim());
  const all = (word: string) =>
    lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));
  const last = (word: string) => all(word).at(-1) ?? '';
  const shipped = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
  const env = shipped.flatMap((line) =>
    [...line.matchAll(/^ENV (.*)$/g)].flatMap(([, pairs = '']) => pairs.split(/\s+/)),
  );
  return {
    copies: all('COPY').map((line) => {
      const words = line.split(/\s+/);
      const flags = words.filter((word) => word.startsWith('--'));
      return {
        from: flags.find((flag) => flag.startsWith('--from='))?.slice('--from='.length),
        sources: words.filter((word) => !word.startsWith('--')).slice(0, -1),
      };
    }),
    env: Object.fromEntries(env.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])),
    user: last('USER'),
    command: JSON.parse(last('CMD')) as string[],
    probe: /api\/[\w/]+/.exec(last('HEALTHCHECK'))?.[0] ?? '',
  };
}
