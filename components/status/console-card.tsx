import { Card } from '#components/ui/card.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { env } from '#lib/env.ts';
import { translations } from '#lib/i18n/server.ts';
import { VERSION } from '#lib/omni/version.ts';

/** Which console this is, for whoever upgrades it or reports a fault: its version, its build, and where its own store is. */
export async function ConsoleCard() {
  const t = await translations('status');
  const build = process.env.NEXT_DEPLOYMENT_ID;
  return (
    <Card id="console" title={t('console')}>
      <Facts
        items={[
          [t('version'), VERSION],
          [t('build'), build ? <code key="b">{build}</code> : t('no-build')],
          [t('database'), env().DATABASE_URL ? 'PostgreSQL' : 'SQLite'],
        ]}
      />
    </Card>
  );
}
