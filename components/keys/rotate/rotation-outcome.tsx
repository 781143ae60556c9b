'use client';

import type { Route } from 'next';
import { CircleAlert, CircleCheck, CircleHelp } from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl/react';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { CopyId } from '#components/ui/copy-id.tsx';
import { Link } from '#components/ui/link.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { shownPrefix } from '#lib/keys/list/shown-prefix.ts';
import type { RotationProgress } from '#lib/keys/rotate/rotation-progress.ts';
import { cancelledKeys } from '#lib/keys/rotate/rotation-state.ts';
import { notSeenValues, seenOr } from '#lib/omni/seen.ts';

/** How a rotation ended, or why nobody can tell now; nothing while it goes on. */
export function Outcome({ progress, zone }: { progress: RotationProgress; zone: string }) {
  const t = useTranslations('rotation');
  const tSeen = useTranslations('seen');
  const format = useFormatter();
  const { state, row, old, fresh, now } = progress;
  const again = (
    <Link href={{ pathname: '/keys/rotate', query: { key: row.oldKeyId } }} className={buttonClass({})}>
      {t('again')}
    </Link>
  );
  if (row.closedAs === 'kept-both' || row.closedAs === 'given-up')
    return (
      <Notice tone="info" title={t(`closed.${row.closedAs}`)} actions={row.closedAs === 'given-up' ? again : null}>
        {t(`closed-help.${row.closedAs}`)}
      </Notice>
    );
  switch (state) {
    case 'done':
      return (
        <Notice tone="good" role="status" title={t('done')}>
          {t('done-help', { old: seenOr(old, null)?.is === 'gone' ? 'gone' : 'revoked' })}{' '}
          <UseOfNewKey progress={progress} />
        </Notice>
      );
    case 'cancelled': {
      const is = cancelledKeys(progress);
      const key = seenOr(old, null);
      const expiresAt = key?.is === 'active' ? key.expiresAt : null;
      const time = format.dateTime(expiresAt ?? now, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
      return (
        <Notice
          tone={is.old === 'linked' ? 'warn' : 'info'}
          role="status"
          title={t('cancelled', { fresh: is.fresh })}
          actions={
            <>
              {is.old === 'linked' ? (
                <Link href={`/keys/${row.oldKeyId}/edit` as Route} className={buttonClass({})}>
                  {t('change-expiry')}
                </Link>
              ) : null}
              {again}
            </>
          }
        >
          {t('cancelled-new', { is: is.fresh })} {t('cancelled-old', { is: is.old, time })}
        </Notice>
      );
    }
    case 'not-created':
      return (
        <Notice tone="info" role="status" title={t(state)} actions={again}>
          {t('not-created-help')}
        </Notice>
      );
    case 'broken':
      return (
        <Notice tone="danger" role="alert" title={t('broken')}>
          {t('broken-help')}
        </Notice>
      );
    case 'unknown': {
      const unseen = [old, fresh].find((key) => key !== null && key.is !== 'value');
      return (
        <Notice tone="warn" role="alert" title={t('unknown')}>
          {unseen ? `${tSeen('sentence', { ...notSeenValues(unseen), what: tSeen('parts.key') })}. ` : ''}
          {t('unknown-help')}
        </Notice>
      );
    }
    default:
      return null;
  }
}

/** Whether the new key was seen in use, as far as its requests could be read. */
function UseOfNewKey({ progress: { newUse, now } }: { progress: RotationProgress }) {
  const t = useTranslations('rotation');
  const format = useFormatter();
  if (newUse?.is !== 'value') return null;
  const { last, since } = newUse.value;
  if (last !== null) return t('done-used', { ago: format.relativeTime(new Date(last), { now }) });
  return since === null ? t('done-unused') : null;
}

type KeyLineProps = {
  id: string;
  prefix: string | null;
  of: RotationProgress['old'];
  now: number;
  zone: string;
  /** When it expires stands below. */
  bare?: boolean;
};

/** A key of a rotation in one line: how it begins, and when it expires. */
export function KeyLine({ id, prefix, of, now, zone, bare = false }: KeyLineProps) {
  const t = useTranslations('rotation');
  const tSeen = useTranslations('seen');
  const format = useFormatter();
  const expiry = () => {
    if (of.is !== 'value') return tSeen('sentence', { ...notSeenValues(of), what: tSeen('parts.key') });
    const { value: key } = of;
    if (key.is === 'gone') return t('key-gone');
    if (key.is === 'revoked') return t('key-revoked');
    if (key.expiresAt === null) return t('never-expires');
    const time = format.dateTime(key.expiresAt, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
    return t(key.expiresAt <= now ? 'expired-at' : 'expires-at', { time });
  };
  return (
    <>
      <span className="font-mono">{shownPrefix(prefix ?? '')}</span> <CopyId value={id} label={t('id')} />{' '}
      {bare ? null : expiry()}
    </>
  );
}

/** What was checked when the new key was created. */
export function NewKeyChecks({ checks }: { checks: RotationProgress['checks'] }) {
  const t = useTranslations('rotation');
  const { say } = useTexts();
  if (checks.length === 0) return null;
  return (
    <details className="text-sm">
      <summary className="min-h-target">
        {t(checks.every(({ held }) => held === true) ? 'proved' : 'proved-partly')}
      </summary>
      <ul className="mt-1 space-y-1">
        {checks.map(({ text, held }) => (
          <li key={text.key} className="flex gap-2">
            {held === null ? (
              <CircleHelp aria-label={t('held-unknown')} className="mt-0.5 size-4 shrink-0 text-muted" />
            ) : held ? (
              <CircleCheck aria-label={t('held-yes')} className="mt-0.5 size-4 shrink-0 text-good" />
            ) : (
              <CircleAlert aria-label={t('held-no')} className="mt-0.5 size-4 shrink-0 text-danger" />
            )}
            <span>{say(text)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
