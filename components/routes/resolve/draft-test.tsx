'use client';

import { FlaskConical } from 'lucide-react';
import { useState, useTransition } from 'react';
import { useTranslations } from 'use-intl/react';
import { callAction } from '#components/shell/calls/call-action.ts';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Field } from '#components/form/field.tsx';
import { ProblemNotice } from '#components/ui/state/problem-notice.tsx';
import type { ActionResult } from '#lib/actions/action-result.ts';
import type { ServerAction } from '#lib/actions/server-action.ts';
import type { DraftQuestion } from '#lib/routes/editor/draft-question.ts';
import type { EditorTarget } from '#lib/routes/editor/editor.ts';
import type { ResolutionView } from '#lib/routes/resolve/resolution-view.ts';
import type { RouteFields } from '#lib/routes/editor/route-fields.ts';
import type { PickerOption } from '#components/form/picker/option.ts';
import { Picker } from '#components/form/picker/picker.tsx';
import { ResolutionPanel } from './resolution-panel.tsx';
import { searchChatsOf, searchPeopleByName } from '#components/form/picker/searches.ts';

/** Tells who would answer with a draft saved; the page has the action. */
export type TestDraft = ServerAction<DraftQuestion, ResolutionView>;

type Props = {
  instanceId: string;
  routeId: string | null;
  target: EditorTarget | null;
  fields: RouteFields;
  test: TestDraft;
  /** Why a draft can't be saved, so that there is nothing to test. */
  refused: string | null;
};

/** Who would answer if the values on the screen were saved. */
export function DraftTest({ instanceId, routeId, target, fields, test, refused }: Props) {
  const t = useTranslations('route-test');
  const aimed = target ? { id: target.id, name: target.name ?? target.id } : null;
  const [chat, setChat] = useState<PickerOption | null>(null);
  const [person, setPerson] = useState<PickerOption | null>(null);
  const [result, setResult] = useState<{ of: RouteFields; answer: ActionResult<ResolutionView> } | null>(null);
  const [busy, start] = useTransition();
  const inChat = target?.scope === 'chat' ? aimed : chat;
  const writes = target?.scope === 'user' ? aimed : person;

  function run() {
    start(async () => {
      const answer = await callAction(test, {
        instanceId,
        chatId: inChat?.id ?? null,
        personId: writes?.id ?? null,
        draft: { id: routeId, target: targetOf(target), fields },
      });
      setResult({ of: fields, answer });
    });
  }

  return (
    <Card id="draft-test" title={t('draft-title')} flush>
      <div className="grid gap-4 p-4 md:grid-cols-[1fr_1fr_auto] md:items-end">
        <Field id="draft-chat" label={t('chat')}>
          <Picker
            id="draft-chat"
            label={t('chat')}
            placeholder={t('any-chat')}
            chosen={inChat}
            search={searchChatsOf(instanceId)}
            pick={setChat}
            disabled={target?.scope === 'chat'}
            clearable={target?.scope !== 'chat'}
          />
        </Field>
        <Field id="draft-person" label={t('person')}>
          <Picker
            id="draft-person"
            label={t('person')}
            placeholder={t('any-person')}
            chosen={writes}
            search={searchPeopleByName}
            pick={setPerson}
            disabled={target?.scope === 'user'}
            clearable={target?.scope !== 'user'}
          />
        </Field>
        <GuardedButton onClick={run} reason={refused} disabled={busy || !target}>
          <FlaskConical aria-hidden className="size-4" />
          {busy ? t('checking') : t('test-draft')}
        </GuardedButton>
      </div>
      <div aria-live="polite">
        {result && result.of !== fields ? <p className="px-4 pb-3 text-sm text-muted">{t('draft-moved')}</p> : null}
        {result?.answer.ok ? (
          <div className="px-4 pb-4">
            <ResolutionPanel view={result.answer.data} />
          </div>
        ) : null}
        {result && !result.answer.ok ? <ProblemNotice failure={result.answer} className="m-4" /> : null}
      </div>
    </Card>
  );
}

function targetOf(target: EditorTarget | null): DraftQuestion['draft']['target'] {
  if (!target) return null;
  return target.scope === 'chat' ? { scope: 'chat', chatId: target.id } : { scope: 'user', personId: target.id };
}
