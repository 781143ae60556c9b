import Link from 'next/link';
import { Card } from '#components/ui/card.tsx';
import { translations } from '#lib/i18n/server.ts';
import { allows } from '#lib/scopes/scopes.ts';

/** What to look at after a leak, by what the key could touch. */
export async function LeakSteps({ id, scopes }: { id: string; scopes: readonly string[] }) {
  const t = await translations('keyEnd');
  const may = (scope: string) => allows(scopes, scope) === 'yes';
  const checks = [
    'calls',
    ...(may('keys:write') ? ['keys'] : []),
    ...(may('persons:read') ? ['people-read'] : []),
    ...(may('persons:write') ? ['people'] : []),
    ...(may('routes:write') || may('agents:write') ? ['routes'] : []),
    ...(may('messages:send') ? ['messages'] : []),
    ...(may('access:write') ? ['access'] : []),
    'stored',
  ];
  return (
    <Card id="check" title={t('then-check')}>
      <ol className="list-inside list-decimal space-y-2 marker:text-muted">
        {checks.map((check) => (
          <li key={check}>{t(`checks.${check}` as never)}</li>
        ))}
      </ol>
      <p className="mt-3 flex flex-wrap gap-4 border-t pt-3 text-sm">
        <Link href={`/keys/${id}/audit` as never} prefetch={false} className="text-accent-text underline">
          {t('evidence')}
        </Link>
        <Link href="/keys?sort=-created" prefetch={false} className="text-accent-text underline">
          {t('newest-keys')}
        </Link>
      </p>
    </Card>
  );
}
