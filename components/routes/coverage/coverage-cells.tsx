'use client';

import type { Route } from 'next';
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
      tone={of === 'nobody' && count > 0 ? 'text-danger' : of === 'nobody' ? 'cards:hidden' : ''}
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
      className={`relative z-10 inline-flex min-h-[24px] items-center gap-1 underline underline-offset-2 ${tone}`}
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

/** Who answers, or why nobody does. `allowlist`: only whom the allowlist lets in is answered. */
export function VerdictCell({ verdict, allowlist = false }: { verdict: Verdict; allowlist?: boolean }) {
  const t = useTranslations('routes-coverage');
  const texts = useVerdictText();
  const { icon: Icon, ink } = verdictLook(verdict);
  return (
    <span className="list-main">
      <Icon aria-hidden className={`size-4 shrink-0 ${ink}`} />
      <span className="min-w-0 rows:truncate">{texts.sentence(verdict)}</span>
      {allowlist && verdict.is === 'answers' ? <Badge>{t('allowlist')}</Badge> : null}
    </span>
  );
}
