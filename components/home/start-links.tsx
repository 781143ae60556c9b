import { FlaskConical, Plus, Search } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { translations } from '#lib/i18n/server.ts';
import { allows } from '#lib/scopes/scopes.ts';

const STARTS = [
  { id: 'person', href: '/persons', scope: 'persons:read', icon: Search },
  { id: 'test', href: '/routes/test', scope: 'routes:read', icon: FlaskConical },
  { id: 'key', href: '/keys/new', scope: 'keys:write', icon: Plus },
] as const;

/** Links to the most frequent tasks that the key has scopes for. */
export async function StartLinks({ scopes }: { scopes: readonly string[] | null }) {
  const t = await translations('home');
  return STARTS.filter(({ scope }) => allows(scopes, scope) !== 'no').map(({ id, href, icon: Icon }) => (
    <Link key={id} href={href} className={buttonClass({ size: 'sm' })}>
      <Icon aria-hidden className="size-3.5" />
      {t(`starts.${id}`)}
    </Link>
  ));
}
