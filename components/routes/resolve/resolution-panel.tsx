'use client';

import { Link } from '#components/ui/link.tsx';
import { useTranslations } from 'use-intl/react';
import { anyKey } from '#lib/i18n/any-key.ts';
import { Badge } from '#components/ui/badge.tsx';
import type { ChainLink, ResolutionView } from '#lib/routes/resolve/resolution-view.ts';
import { ChainPicture } from './chain-picture.tsx';
import { BlockedBadge } from '#components/ui/verdict/blocked-badge.tsx';
import { isBlock } from '#lib/routes/verdict/summary.ts';
import { useVerdictText } from '#components/ui/verdict/use-verdict-text.ts';
import { verdictLook } from '#components/ui/verdict/verdict-look.ts';
import type { VerdictShown } from '#components/ui/verdict/verdict-text.ts';
import { useAgentWords } from './resolution-words.ts';

/** Who answers and why: the chain as a picture and in sentences, and what matters besides. */
export function ResolutionPanel({ view, verdict = view.verdict }: { view: ResolutionView; verdict?: VerdictShown }) {
  const t = useTranslations('route-test');
  const words = useAgentWords();
  const texts = useVerdictText();
  const { icon: Icon, ink } = verdictLook(verdict);
  const winner = view.links.find(({ state }) => state === 'reached');
  return (
    <div className="grid gap-6 p-4 lg:grid-cols-[minmax(0,24rem)_minmax(0,1fr)]">
      <ChainPicture view={view} verdict={verdict} />
      <div className="min-w-0 space-y-4">
        <p className="flex items-start gap-2 text-lg" aria-busy={verdict === 'checking'}>
          <Icon aria-hidden className={`mt-1 size-4 shrink-0 ${ink}`} />
          <span>
            <strong>{texts.sentence(verdict)}</strong>
            {winner && verdict !== 'checking' && verdict.is === 'answers' ? (
              <span className="text-muted"> · {t(`by.${winner.by}`)}</span>
            ) : null}
            {verdict !== 'checking' && verdict.is === 'nobody' && isBlock(verdict.why) ? (
              <span className="ml-2 inline-block">
                <BlockedBadge text={texts.blocked({ names: [view.instance.name], all: false })} />
              </span>
            ) : null}
          </span>
        </p>
        <ol className="space-y-3">
          {view.links.map((link, index) => (
            <li key={link.by} className="flex gap-3">
              <span
                aria-hidden
                className={`grid size-6 shrink-0 place-items-center rounded-full text-xs font-medium ${link.state === 'reached' ? 'bg-accent text-accent-on' : 'bg-inset text-muted'}`}
              >
                {index + 1}
              </span>
              <LinkSentence link={link} instanceId={view.instance.id} />
            </li>
          ))}
        </ol>
        {view.notes.length > 0 ? (
          <ul className="list-inside list-disc space-y-1 rounded border border-warn/30 bg-warn-soft p-3">
            {view.notes.map((note) => (
              <li key={note}>{t(`notes.${note}`)}</li>
            ))}
          </ul>
        ) : null}
        {view.losers.length > 0 ? (
          <section>
            <h3>{t('losers', { count: view.losers.length })}</h3>
            <ul className="mt-1 divide-y rounded border">
              {view.losers.map((loser) => (
                <li key={loser.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
                  <span className="min-w-0 grow">
                    <Link
                      href={`/routes/${view.instance.id}/${loser.id}`}
                      className="font-medium text-accent-text hover:underline"
                    >
                      {loser.label ?? t('unnamed')}
                    </Link>
                    <span className="text-muted"> · {words(loser.agent)}</span>
                    <span className="block text-sm text-muted">
                      {t(`reasons.${loser.reason}`)}
                      {loser.reason === 'outranked' && loser.priority !== 0
                        ? ` ${t('priority-nothing', { priority: loser.priority })}`
                        : ''}
                    </span>
                  </span>
                  <Badge tone={loser.reason === 'inactive' ? 'warn' : 'plain'}>
                    {t(`short.${shortOf(loser.reason)}`)}
                  </Badge>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        <Others others={view.others} />
      </div>
    </div>
  );
}

function shortOf(reason: string) {
  return reason === 'inactive' || reason === 'outranked' ? reason : 'unreachable';
}

function LinkSentence({ link, instanceId }: { link: ChainLink; instanceId: string }) {
  const t = useTranslations('route-test');
  const words = useAgentWords();
  return (
    <span className="min-w-0">
      <span className="font-medium">{t(`links.${link.by}`)}</span>{' '}
      {link.route?.draft ? <Badge tone="accent">{t('draft')}</Badge> : null}
      <span className="block text-muted">
        {t(`states.${link.by === 'default' && link.agent === 'nobody' ? 'empty' : link.state}`, {
          agent: words(link.agent ?? 'nobody'),
        })}{' '}
        {link.route && !link.route.draft ? (
          <Link
            href={`/routes/${instanceId}/${link.route.id}`}
            className="text-accent-text underline underline-offset-2"
          >
            {link.route.label ?? t('unnamed')}
          </Link>
        ) : null}
      </span>
    </span>
  );
}

function Others({ others }: { others: ResolutionView['others'] }) {
  const t = useTranslations('route-test');
  const all = Object.entries(others);
  if (all.length === 0) return null;
  const count = all.reduce((sum, [, one]) => sum + one, 0);
  return (
    <details className="rounded border">
      <summary className="min-h-10 px-3 py-2.5 text-sm text-muted">{t('others', { count })}</summary>
      <ul className="list-inside list-disc border-t px-4 py-3 text-sm">
        {all.map(([reason, one]) => (
          <li key={reason}>
            {one} · {anyKey(t)(`reasons.${reason}`)}
          </li>
        ))}
      </ul>
    </details>
  );
}
