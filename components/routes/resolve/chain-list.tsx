'use client';

import { ArrowRight, Check, CircleHelp, LoaderCircle, Minus, X, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { Badge } from '#components/ui/badge.tsx';
import { Link } from '#components/ui/link.tsx';
import { useVerdictText } from '#components/ui/verdict/use-verdict-text.ts';
import type { VerdictShown } from '#components/ui/verdict/verdict-text.ts';
import { chainOf, type ChainStep, type ChainState } from '#lib/routes/resolve/chain.ts';
import type { ResolutionView } from '#lib/routes/resolve/resolution-view.ts';
import { ROUTES_CACHED_MS, RULES_CACHED_MS, useTakesEffect } from '#components/routes/list/cache-notice.tsx';
import { useAgentWords } from './resolution-words.ts';

const LOOKS: Record<ChainState, { icon: LucideIcon; dot: string }> = {
  passes: { icon: Check, dot: 'border-good bg-surface text-good' },
  decides: { icon: ArrowRight, dot: 'border-accent bg-accent text-accent-on' },
  applies: { icon: ArrowRight, dot: 'border-edge bg-surface text-muted' },
  ends: { icon: X, dot: 'border-danger-solid bg-danger-solid text-danger-on' },
  unknown: { icon: CircleHelp, dot: 'unknown border-edge bg-surface text-muted' },
  checking: { icon: LoaderCircle, dot: 'border-edge bg-surface text-muted' },
  skipped: { icon: Minus, dot: 'border-edge bg-surface text-muted' },
  none: { icon: Minus, dot: 'border-edge bg-surface text-muted' },
  'not-asked': { icon: Minus, dot: 'border-edge bg-surface text-muted' },
  unreached: { icon: Minus, dot: 'border-edge bg-surface text-muted' },
};

/** A part that would end it too, behind the one that does. */
const ENDS_TOO = 'border-danger bg-surface text-danger';

/** When the console last changed routes and access rules here, in milliseconds since 1970, where Omni may still have what was before. */
export type CachedSince = { routes: number | null; rules: number | null };

type Props = { view: ResolutionView; verdict: VerdictShown; cached: CachedSince };

/** The way of a message, as Omni asks: the line goes on to where it ends, and is broken behind that. */
export function ChainList({ view, verdict, cached }: Props) {
  const t = useTranslations('route-test');
  const routes = useTakesEffect(cached.routes, ROUTES_CACHED_MS);
  const rules = useTakesEffect(cached.rules, RULES_CACHED_MS);
  const steps = chainOf(view, verdict);
  const applies = steps.find(({ link, broken }) => link?.state === 'reached' && !broken);
  return (
    <ol aria-label={t('chain')} className="border-y">
      {steps.map((step, at) => (
        <Row
          key={step.part}
          step={step}
          view={view}
          isFirst={at === 0}
          isLast={at === steps.length - 1}
          late={step.part === 'access' && step.is !== 'not-asked' ? rules : step === applies ? routes : null}
        />
      ))}
    </ol>
  );
}

type RowProps = {
  step: ChainStep;
  view: ResolutionView;
  isFirst: boolean;
  isLast: boolean;
  /** Within how long what stands here takes effect. */
  late: ReturnType<typeof useTakesEffect>;
};

function Row({ step, view, isFirst, isLast, late }: RowProps) {
  const t = useTranslations('route-test');
  const tChanged = useTranslations('routes-changed');
  const { icon: Icon, dot } = LOOKS[step.is];
  const { what, detail } = useStepWords()(step, view);
  const faint = step.broken || !['passes', 'decides', 'applies', 'ends', 'unknown', 'checking'].includes(step.is);
  const lineOf = (broken: boolean) =>
    `absolute left-[11px] h-1/2 border-l-2 ${broken ? 'border-dashed border-danger' : 'border-edge'}`;
  const { route } = step.link ?? {};
  return (
    <li className="relative flex min-h-10 flex-wrap items-center gap-x-3 py-1.5 pl-9 sm:flex-nowrap">
      {isFirst ? null : <span aria-hidden className={`top-0 ${lineOf(step.broken)}`} />}
      {isLast ? null : <span aria-hidden className={`bottom-0 ${lineOf(step.broken || step.is === 'ends')}`} />}
      <span
        aria-hidden
        className={`absolute left-0 grid size-6 place-items-center rounded-full border-2 ${step.is === 'ends' && step.broken ? ENDS_TOO : dot}`}
      >
        <Icon className="size-3.5" />
      </span>
      <span className="w-36 shrink-0 text-muted">{t(`parts.${step.part}`)}</span>
      <span
        className={`max-w-full min-w-0 sm:w-60 sm:shrink-0 ${faint ? 'text-muted' : 'font-medium'} truncate`}
        title={what}
      >
        {what}
      </span>
      <span className={`min-w-0 grow text-sm ${step.is === 'ends' ? 'text-danger' : 'text-muted'}`}>{detail}</span>
      {late ? <span className="shrink-0 text-sm text-muted">{tChanged('cache', late)}</span> : null}
      {route?.draft ? <Badge tone="accent">{t('draft')}</Badge> : null}
      {route && !route.draft ? (
        <Link href={`/routes/${view.instance.id}/${route.id}`} className="min-h-6 text-accent-text hover:underline">
          {t('open')}
        </Link>
      ) : null}
      {step.part === 'provider' && (step.is === 'ends' || step.is === 'unknown') ? (
        <Link href="/status" className="min-h-6 text-accent-text hover:underline">
          {t('open-status')}
        </Link>
      ) : null}
    </li>
  );
}

/** What stands at a part, and what is to be said of it. */
function useStepWords(): (step: ChainStep, view: ResolutionView) => { what: string; detail: string } {
  const t = useTranslations('route-test');
  const texts = useVerdictText();
  const words = useAgentWords();
  return ({ part, is, reason, link }, view) => {
    const why = reason ? texts.detail(reason) : '';
    if (part === 'instance') return { what: view.instance.name, detail: why };
    if (part === 'access') {
      const mode = t(is === 'passes' ? 'access-passes' : 'access-mode', { mode: view.accessMode ?? '' });
      if (is === 'unreached') return { what: '—', detail: t('short.spared') };
      if (is === 'not-asked') return { what: t('not-asked.user'), detail: mode };
      return {
        what: t(`access.${is === 'passes' ? 'allowed' : is === 'ends' ? 'blocked' : 'unknown'}`),
        detail: why || mode,
      };
    }
    if (part === 'agent') {
      if (is === 'unreached' && !view.agent) return { what: t('no-agent'), detail: '' };
      const inactive = view.notes.map((note) => t(`notes.${note}`)).join(' ');
      return { what: view.agent ? words(view.agent.name) : '—', detail: why || inactive };
    }
    if (part === 'provider') {
      const said = is === 'passes' ? t('responds') : is === 'checking' ? t('checking') : '';
      return { what: view.provider ?? '—', detail: why || said };
    }
    if (is === 'not-asked') return { what: t(`not-asked.${part === 'chat' ? 'chat' : 'user'}`), detail: '' };
    return { what: link?.agent ? words(link.agent) : t('short.none'), detail: why || linkDetail(link, is) };
  };

  function linkDetail(link: ChainStep['link'], is: ChainState): string {
    if (!link) return '';
    const { state, route, by } = link;
    if (by === 'default' && link.agent?.is === 'nobody') return '';
    if (state === 'none') return '';
    const fares = state !== 'reached' ? state : is === 'decides' || is === 'applies' ? is : 'spared';
    const label = route?.label ? `“${route.label}”` : '';
    const priority =
      state === 'outranked' && route && route.priority !== 0 ? t('priority-nothing', { priority: route.priority }) : '';
    return [label, t(`short.${fares}`), priority].filter(Boolean).join(' · ');
  }
}
