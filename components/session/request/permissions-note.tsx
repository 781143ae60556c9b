import { translations } from '#lib/i18n/server.ts';
import { GENERATIONS, type OmniGeneration } from '#lib/scopes/generations.ts';

/** Where a server enforces permissions on keys only, that it does; nothing elsewhere. */
export async function PermissionsNote({ generation }: { generation: OmniGeneration }) {
  if (GENERATIONS[generation].scopesBind === 'all') return null;
  return <p className="mb-4 text-sm text-muted">{(await translations('scopes'))('keys-only')}</p>;
}
