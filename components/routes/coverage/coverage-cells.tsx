'use client';

import type { Route } from 'next';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { Badge } from '#components/ui/badge.tsx';
import { Link } from '#components/ui/link.tsx';
import { useVerdictText } from '#components/ui/verdict/use-verdict-text.ts';
import { verdictLook } from '#components/ui/verdict/verdict-look.ts';
import { TO_NOBODY, type CoverageCounts } from '#lib/routes/coverage/coverage.ts';
import type { Verdict } from '#lib/routes/verdict/verdict.ts';

/** Of which instance or agent a number is. */
export type Whose = { by: 'instance' | 'agent'; id: string };

const LISTS: Readonly<Record<keyof CoverageCounts, (whose: string) => string>> = {
  chats: (whose) => `/routes?${whose}&scope=chat&active=yes`,
  people: (whose) => `/routes?${whose}&scope=user&active=yes`,
  inactive: (whose) => `/routes?${whose}&active=no`,
  nobody: (whose) => `/routes/health?${whose}&reason=${TO_NOBODY.join(',')}`,
};

type CountProps = {
  of: keyof CoverageCounts;
  whose: Whose;
  counts: CoverageCounts | null;
  partly: boolean;
  unsure: boolean;
};

/**
 * How many routes of a kind there are; leads to the list of them. `partly`: there may be more, since not every instance was read.
 * `unsure`: any of the active ones may be of this kind.
 */
export function CountCell({ of, whose, counts, partly, unsure }: CountProps) {
  const t = useTranslations('routes-coverage');
  if (counts === null) return of === 'chats' ? <Badge tone="unknown">{t('not-read')}</Badge> : null;
  const count = counts[of];
  const open = unsure && count < counts.chats + counts.people;
  if (open && count === 0) return <span className="text-muted cards:hidden">{t('cant-tell')}</span>;
  return (
    <Number
      href={count > 0 ? LISTS[of](`${whose.by}=${whose.id}`) : null}
      tone={of !== 'nobody' ? '' : count > 0 ? 'text-danger' : 'cards:hidden'}
      text={t(partly || open ? 'at-least' : 'exactly', { count })}
      noun={t(`nouns.${of}`, { count })}
    />
  );
}

/** How many instances have an agent as their default agent; leads to them. */
export function DefaultOnCell({ id, count }: { id: string; count: number }) {
  const t = useTranslations('routes-coverage');
  const href = count > 0 ? `/routes/coverage?agent=${id}` : null;
  return <Number href={href} text={t('exactly', { count })} noun={t('nouns.defaultOn', { count })} />;
}

function Number({ href, text, noun, tone = '' }: { href: string | null; text: string; noun: string; tone?: string }) {
  const body = (
    <>
      {text} <span className="rows:hidden">{noun}</span>
    </>
  );
  if (href === null) return <span className={`text-muted ${tone}`}>{body}</span>;
  return (
    <Link
      href={href as Route}
      aria-label={`${text} ${noun}`}
      className={`relative z-10 inline-flex min-h-[24px] items-center gap-1 font-medium hover:underline ${tone || 'text-accent-text'}`}
    >
      {body}
    </Link>
  );
}

/** The name of an instance or agent; opens its routes. */
export function NameCell({ whose, name, warn }: { whose: Whose; name: string; warn?: string | undefined }) {
  return (
    <span className="list-main">
      <Link href={`/routes?${whose.by}=${whose.id}` as Route} className="row-link">
        {name}
      </Link>
      {warn ? <Badge tone="warn">{warn}</Badge> : null}
    </span>
  );
}

type VerdictProps = { verdict: Verdict; allowlist?: boolean; children?: ReactNode };

/** Who answers, or why nobody does, and what mends that. `allowlist`: only whom the allowlist lets in is answered. */
export function VerdictCell({ verdict, allowlist = false, children }: VerdictProps) {
  const t = useTranslations('routes-coverage');
  const texts = useVerdictText();
  const { icon: Icon, ink } = verdictLook(verdict);
  return (
    <span className="list-main">
      <Icon aria-hidden className={`size-4 shrink-0 ${ink}`} />
      <span className="min-w-0">
        {texts.sentence(verdict)} {children}
      </span>
      {allowlist && verdict.is === 'answers' ? <Badge>{t('allowlist')}</Badge> : null}
    </span>
  );
}

/** Where nobody answers those without a route: a route for them where no agent is set, else the state of agents and providers. */
export function RestFix({
  instanceId,
  verdict,
  mayCreate,
}: {
  instanceId: string;
  verdict: Verdict;
  mayCreate: boolean;
}) {
  const t = useTranslations('routes-coverage');
  if (verdict.is !== 'nobody') return null;
  const routes = verdict.why === 'no-agent' || verdict.why === 'agent-missing';
  if (routes && !mayCreate) return null;
  return (
    <Link
      href={(routes ? `/routes/new?instance=${instanceId}` : '/status') as Route}
      className="relative z-10 inline-flex min-h-[24px] items-center text-accent-text hover:underline"
    >
      {t(routes ? 'new-route' : 'open-status')}
    </Link>
  );
}
