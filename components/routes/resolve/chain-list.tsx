'use client';

import { ArrowRight, Check, CircleHelp, LoaderCircle, Minus, X, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { Badge } from '#components/ui/badge.tsx';
import { Link } from '#components/ui/link.tsx';
import { useVerdictText } from '#components/ui/verdict/use-verdict-text.ts';
import type { VerdictShown } from '#components/ui/verdict/verdict-text.ts';
import { chainOf, type ChainStep, type ChainState } from '#lib/routes/resolve/chain.ts';
import type { ResolutionView } from '#lib/routes/resolve/resolution-view.ts';
import { useAgentWords } from './resolution-words.ts';

const LOOKS: Record<ChainState, { icon: LucideIcon; dot: string }> = {
  passes: { icon: Check, dot: 'border-good bg-surface text-good' },
  decides: { icon: ArrowRight, dot: 'border-accent bg-accent text-accent-on' },
  ends: { icon: X, dot: 'border-danger bg-danger-soft text-danger' },
  unknown: { icon: CircleHelp, dot: 'unknown border-edge text-muted' },
  checking: { icon: LoaderCircle, dot: 'border-edge bg-surface text-muted' },
  skipped: { icon: Minus, dot: 'border-edge bg-surface text-muted' },
  none: { icon: Minus, dot: 'border-edge bg-surface text-muted' },
  'not-asked': { icon: Minus, dot: 'border-edge bg-surface text-muted' },
  unreached: { icon: Minus, dot: 'border-edge bg-surface text-muted' },
};

type Props = { view: ResolutionView; verdict: VerdictShown };

/** The way of a message, as Omni asks: the line goes on to where it ends, and is broken behind that. */
export function ChainList({ view, verdict }: Props) {
  const t = useTranslations('route-test');
  const steps = chainOf(view, verdict);
  return (
    <ol aria-label={t('chain')} className="border-y">
      {steps.map((step, at) => (
        <Row key={step.part} step={step} view={view} hasNext={at < steps.length - 1} />
      ))}
    </ol>
  );
}

function Row({ step, view, hasNext }: { step: ChainStep; view: ResolutionView; hasNext: boolean }) {
  const t = useTranslations('route-test');
  const { icon: Icon, dot } = LOOKS[step.is];
  const { what, detail } = useStepWords()(step, view);
  const faint = step.broken || !['passes', 'decides', 'ends', 'unknown', 'checking'].includes(step.is);
  const line = step.is === 'ends' || step.broken ? 'border-dashed border-danger' : 'border-edge';
  const { route } = step.link ?? {};
  return (
    <li className="relative flex min-h-10 flex-wrap items-center gap-x-3 py-1.5 pl-9 sm:flex-nowrap">
      {hasNext ? <span aria-hidden className={`absolute top-1/2 left-[11px] h-full border-l-2 ${line}`} /> : null}
      <span aria-hidden className={`absolute left-0 grid size-6 place-items-center rounded-full border-2 ${dot}`}>
        <Icon className="size-3.5" />
      </span>
      <span className="w-32 shrink-0 text-muted">{t(`parts.${step.part}`)}</span>
      <span className={`min-w-0 shrink-0 sm:w-52 ${faint ? 'text-muted' : 'font-medium'} truncate`} title={what}>
        {what}
      </span>
      <span className={`min-w-0 grow text-sm ${step.is === 'ends' ? 'text-danger' : 'text-muted'}`}>{detail}</span>
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
      const mode = t('access-mode', { mode: view.accessMode ?? '' });
      return {
        what: t(
          `access.${is === 'not-asked' ? 'nobody' : is === 'passes' ? 'allowed' : is === 'ends' ? 'blocked' : 'unknown'}`,
        ),
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
    if (is === 'not-asked') return { what: t('short.not_asked'), detail: '' };
    return { what: link?.agent ? words(link.agent) : t('short.none'), detail: why || linkDetail(link) };
  };

  function linkDetail(link: ChainStep['link']): string {
    if (!link) return '';
    const { state, route, by } = link;
    if (by === 'default' && link.agent === 'nobody') return '';
    if (state === 'none') return '';
    const label = route?.label ? `“${route.label}”` : '';
    const priority =
      state === 'outranked' && route && route.priority !== 0 ? t('priority-nothing', { priority: route.priority }) : '';
    return [label, t(`short.${state}`), priority].filter(Boolean).join(' · ');
  }
}
