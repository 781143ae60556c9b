import { fold } from '#lib/text/fold.ts';

type EnvKey = { secret: string; name: string; serverUrl?: string };

/** The name of a key's `.env` file: `omni-relatorios-bi.env`. */
export function envName(name: string): string {
  const slug = fold(name)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return `omni-${slug || 'key'}.env`;
}

/** The text of a key's `.env` file, as the command line reads it. A name can't break out of its comment. */
export function envFile({ secret, name, serverUrl }: EnvKey): string {
  const lines = [
    `# ${name.replaceAll(/[\p{C}\u2028\u2029]+/gu, ' ')}`,
    ...(serverUrl ? [`OMNI_API_URL=${serverUrl}`] : []),
    `OMNI_API_KEY=${secret}`,
  ];
  return `${lines.join('\n')}\n`;
}
