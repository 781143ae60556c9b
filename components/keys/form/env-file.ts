import { fold } from '#lib/text/fold.ts';

type Told = { secret: string; name: string; serverUrl?: string };

/** A file's name for a key's: `omni-relatorios-bi.env`. */
export function envName(name: string): string {
  const slug = fold(name)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return `omni-${slug || 'key'}.env`;
}

/** What `.env` files and the command line read. A name cannot break out of its comment. */
export function envFile({ secret, name, serverUrl }: Told): string {
  const lines = [
    `# ${name.replaceAll(/[\p{C}\u2028\u2029]+/gu, ' ')}`,
    ...(serverUrl ? [`OMNI_API_URL=${serverUrl}`] : []),
    `OMNI_API_KEY=${secret}`,
  ];
  return `${lines.join('\n')}\n`;
}
