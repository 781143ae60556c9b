'use client';

import { Activity, Gauge, House, KeyRound, Route as RouteIcon, UsersRound } from 'lucide-react';
import type { Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl/react';

const PAGES = [
  { id: 'home', href: '/', icon: House },
  { id: 'people', href: '/persons', icon: UsersRound },
  { id: 'routes', href: '/routes', icon: RouteIcon },
  { id: 'keys', href: '/keys', icon: KeyRound },
  { id: 'activity', href: '/activity', icon: Activity },
  { id: 'status', href: '/status', icon: Gauge },
] as const satisfies readonly { id: string; href: Route; icon: unknown }[];

/** The main navigation: a column at the left, icons on narrower screens, a bar at the bottom of a phone. */
export function Nav() {
  const t = useTranslations('shell');
  const path = usePathname();
  return (
    <nav
      aria-label={t('navigation')}
      className="bg-surface max-md:order-last max-md:basis-full md:grow md:bg-transparent tall:max-md:fixed tall:max-md:inset-x-0 tall:max-md:bottom-0 tall:max-md:z-20 tall:max-md:border-t"
    >
      <ul className="grid grid-cols-6 md:flex md:flex-col md:gap-0.5 md:p-2">
        {PAGES.map(({ id, href, icon: Icon }) => {
          const here = path === href || path.startsWith(`${href}/`);
          return (
            <li key={id}>
              <Link href={href} aria-current={here ? 'page' : undefined} title={t(id)} className="nav-link">
                <Icon aria-hidden className="size-5 shrink-0 md:size-4" />
                <span className="md:max-lg:sr-only">{t(id)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
