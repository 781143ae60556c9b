'use client';

import { CircleAlert, CircleCheck, CircleHelp } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { Notice } from '#components/ui/state/notice.tsx';
import type { EntryView } from '#lib/operations/receipt/view.ts';
import { CopyCommand } from '#components/operations/plan/copy-command.tsx';
import { AfterEntry } from '#components/operations/run/operations-context.tsx';
import { StepsView } from '#components/operations/run/steps-view.tsx';
import { addressOf } from './address-of.ts';
import type { Ending } from './ending.ts';
import { useTexts } from './text-of.ts';
import { useEnding } from './use-ending.ts';

const TONES = {
  done: 'good',
  differs: 'warn',
  exists: 'warn',
  halfway: 'warn',
  'some-failed': 'danger',
  unconfirmed: 'warn',
  'never-confirmed': 'warn',
  refused: 'danger',
  'not-sent': 'warn',
  running: 'info',
  checking: 'info',
} as const satisfies Record<Ending, unknown>;

/** Endings whose own title says what the problem's would say. */
const TITLE_SAYS_IT: ReadonlySet<Ending> = new Set(['refused', 'unconfirmed', 'never-confirmed']);

/** What happened: in one sentence, then what was verified afterwards, then every step. */
export function ReceiptView({ entry, actions }: { entry: EntryView; actions?: ReactNode }) {
  const t = useTranslations('operations');
  const tUi = useTranslations('ui');
  const { say, saidAfter, title, help } = useTexts();
  const { ending, ...words } = useEnding()(entry);
  return (
    <div className="space-y-4">
      <Notice
        tone={TONES[ending]}
        role={entry.status === 'done' ? 'status' : 'alert'}
        title={
          <span role="heading" aria-level={3} tabIndex={-1} data-outcome>
            {ending === 'done' ? saidAfter(entry.title) : words.title}
          </span>
        }
        actions={actions}
      >
        <p>{ending === 'done' ? `${words.title}. ${words.help}` : words.help}</p>
        {entry.problem && entry.problem.code !== 'outcome_unknown' ? (
          <p className="mt-1">
            {TITLE_SAYS_IT.has(ending) ? '' : `${title(entry.problem)}. `}
            {help(entry.problem)}
          </p>
        ) : null}
      </Notice>
      {entry.changes.length > 0 && (entry.status === 'done' || entry.status === 'differs') ? (
        <ul className="space-y-1">
          {entry.changes.map((text, index) => (
            <li key={index}>{say(text)}</li>
          ))}
        </ul>
      ) : null}
      {entry.checks.length > 0 ? (
        <section>
          <h3>{t('verified')}</h3>
          <ul className="mt-1 space-y-1">
            {entry.checks.map(({ text, held, subject }, index) => (
              <li key={index} className="flex gap-2">
                {held === null ? (
                  <CircleHelp aria-label={t('held.unknown')} className="mt-0.5 size-4 shrink-0 text-muted" />
                ) : held ? (
                  <CircleCheck aria-label={t('held.yes')} className="mt-0.5 size-4 shrink-0 text-good" />
                ) : (
                  <CircleAlert aria-label={t('held.no')} className="mt-0.5 size-4 shrink-0 text-danger" />
                )}
                <span>{say(text)}</span>
                <SubjectLink subject={subject} label={t('see-subject')} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <AfterEntry entry={entry} />
      {entry.steps.length > 0 ? <StepsView entry={entry} /> : null}
      {typeof entry.undo === 'object' && entry.undo !== null ? (
        <p className="text-sm text-muted">{say(entry.undo.impossible)}</p>
      ) : null}
      <CopyCommand command={entry.command} title={tUi('more')} />
    </div>
  );
}

/** Leads to what a check is about, where that has a page. */
function SubjectLink({ subject = '', label }: { subject: string | undefined; label: string }) {
  const [kind, id] = subject.split(':');
  const address = addressOf(kind, id);
  return address ? (
    <Link href={address} className="text-accent-text">
      {label}
    </Link>
  ) : null;
}
