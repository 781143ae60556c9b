'use client';

import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { Link } from '#components/ui/link.tsx';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { FollowFocus } from '#components/operations/run/follow-focus.tsx';
import { OperationPanel, outdated } from '#components/operations/run/operation-panel.tsx';
import { ReceiptView } from '#components/operations/receipt/receipt-view.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import { OpenButton, ResumeButton, UndoButton } from '#components/operations/receipt/entry-buttons.tsx';
import { Button, buttonClass } from '#components/ui/button.tsx';
import type { EntryView } from '#lib/operations/receipt/view.ts';

type Props = {
  first: EntryView;
  when: ReactNode;
  /** What its title is on the page. */
  heading?: 'h1' | 'h2';
  /** The preview of its undo opens by itself, where it can be undone. */
  undoing?: boolean;
  /** The next useful step on the page it stands on. */
  afterwards?: ReactNode;
};

/** One entry: what happened, and the actions that are still possible. */
export function EntryPanel({ first, when, heading: Heading = 'h1', undoing = false, afterwards }: Props) {
  const t = useTranslations('operations');
  const { say } = useTexts();
  const operation = useOperation(readPageAgain);
  const { state } = operation;
  const idle = state.at === 'idle';
  const rotation = first.subjects.find((subject) => subject.startsWith('rotation:'))?.slice('rotation:'.length);
  const asked = useRef(false);
  const { previewUndo } = operation;
  useEffect(() => {
    if (!undoing || asked.current || first.undo !== 'possible') return;
    asked.current = true;
    void previewUndo(first.id);
  }, [undoing, first, previewUndo]);
  const live = first.status === 'running' || first.status === 'checking';
  return (
    <>
      <Heading>{say(first.title)}</Heading>
      <p className="mt-1 mb-4 text-muted">
        {first.who} · {first.keyName} · {when}
      </p>
      <FollowFocus stage={state.at}>
        {idle ? (
          <ReceiptView
            entry={first}
            actions={
              <>
                <ResumeButton entry={first} variant="primary" resume={() => void operation.resume(first.id)} />
                {outdated(first) ? (
                  <Button onClick={() => operation.previewAgain(first.id)}>{t('preview-again')}</Button>
                ) : null}
                {live ? <Button onClick={() => operation.watch(first.id)}>{t('again')}</Button> : null}
                <UndoButton entry={first} undo={() => void operation.previewUndo(first.id)} />
                <OpenButton entry={first} />
                {rotation ? (
                  <Link href={`/keys/rotate/${rotation}`} className={buttonClass({})}>
                    {t('see-rotation')}
                  </Link>
                ) : null}
                {afterwards}
              </>
            }
          />
        ) : (
          <OperationPanel operation={operation} runLabel={t('run-again')} />
        )}
      </FollowFocus>
    </>
  );
}
