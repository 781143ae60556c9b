import type { Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { anyKey } from '#lib/i18n/any-key.ts';
import { Card } from '#components/ui/card.tsx';
import { translations } from '#lib/i18n/server.ts';
import { allows } from '#lib/scopes/scopes.ts';

/** What to check after a leak, by the key's permissions. */
export async function LeakSteps({ id, scopes }: { id: string; scopes: readonly string[] }) {
  const t = await translations('key-end');
  const held = (scope: string) => allows(scopes, scope) === 'yes';
  const checks = [
    'requests',
    ...(held('keys:write') ? ['keys'] : []),
    ...(held('persons:read') ? ['people-read'] : []),
    ...(held('persons:write') ? ['people'] : []),
    ...(held('routes:write') || held('agents:write') ? ['routes'] : []),
    ...(held('messages:send') ? ['messages'] : []),
    ...(held('access:write') ? ['access'] : []),
    'stored',
  ];
  return (
    <Card id="check" title={t('then-check')}>
      <ol className="list-inside list-decimal space-y-2 marker:text-muted">
        {checks.map((check) => (
          <li key={check}>{anyKey(t)(`checks.${check}`)}</li>
        ))}
      </ol>
      <p className="mt-3 flex flex-wrap gap-4 border-t pt-3 text-sm">
        <Link href={`/keys/${id}/audit` as Route} className="text-accent-text underline">
          {t('evidence-requests')}
        </Link>
        <Link href="/keys?sort=-created" className="text-accent-text underline">
          {t('newest-keys')}
        </Link>
      </p>
    </Card>
  );
}
