'use client';

import { ChevronRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { Field, inputClass } from '#components/form/field.tsx';
import { Segmented } from '#components/form/fields/segmented.tsx';
import { Card } from '#components/ui/card.tsx';
import { CopyId } from '#components/ui/copy-id.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { useVerdictText } from '#components/ui/verdict/use-verdict-text.ts';
import type { Seen } from '#lib/omni/seen.ts';
import type { AgentChoices, EditorInstance, EditorTarget } from '#lib/routes/editor/editor.ts';
import { AgentField } from './agent-field.tsx';
import type { RouteChange } from './use-route-change.ts';

type Props = {
  change: RouteChange;
  instance: EditorInstance;
  agents: Seen<AgentChoices>;
  target: EditorTarget | null;
  /** Chooses whom a new route is for; a route that exists can't be given to another chat or person. */
  targetFields?: ReactNode;
  disabled: boolean;
};

/** The fields besides the overrides: target, agent, label, priority, active. */
export function BasicFields({ change, instance, agents, target, targetFields, disabled }: Props) {
  const t = useTranslations('route');
  const tValues = useTranslations('route-values');
  const { form, read } = change;
  const { values } = form;
  const [unfolded, unfold] = useState(false);
  const badPriority = read.problems.priority;
  return (
    <Card id="basics" title={t('basics')}>
      <div className="grid gap-x-4 gap-y-3 md:grid-cols-2">
        {targetFields}
        {targetFields || target?.name ? null : (
          <div className="md:col-span-2">
            <FixedTarget instance={instance} target={target} />
          </div>
        )}
        {target?.at === false ? (
          <Notice tone="warn" className="md:col-span-2">
            {t(target.scope === 'chat' ? 'foreign-chat' : 'no-identity')}
          </Notice>
        ) : null}
        <AgentField
          agents={agents}
          chosen={typeof values.agentId === 'string' ? values.agentId : null}
          pick={(id) => form.setValue('agentId', id)}
          fallback={targetFields ? undefined : instance.agentId}
          disabled={disabled}
          focused={Boolean(targetFields && target)}
        />
        <Field id="label" label={t('label')} optional>
          <input
            id="label"
            maxLength={255}
            disabled={disabled}
            autoComplete="off"
            className={inputClass}
            {...form.register('label')}
          />
        </Field>
        <Segmented
          above
          name="active"
          label={t('active')}
          disabled={disabled}
          value={values.isActive === true ? 'active' : 'inactive'}
          options={[
            { value: 'active', text: t('is-active') },
            { value: 'inactive', text: t('is-inactive') },
          ]}
          choose={(next) => form.setValue('isActive', next === 'active')}
        />
        <details
          className="group"
          open={unfolded || badPriority !== undefined}
          onToggle={({ currentTarget }) => unfold(currentTarget.open)}
        >
          <summary className="inline-flex min-h-[24px] cursor-pointer items-center gap-1 text-sm text-muted">
            <ChevronRight aria-hidden className="size-4 group-open:rotate-90" />
            {t('priority')} {values.priority === '0' ? null : String(values.priority)}
          </summary>
          <div className="mt-2">
            <Field
              id="priority"
              label={t('priority')}
              labelHidden
              hint={t('priority-hint')}
              error={badPriority ? tValues(badPriority === 'most' ? 'bad.most' : 'bad.whole') : undefined}
            >
              <input
                id="priority"
                inputMode="numeric"
                maxLength={11}
                disabled={disabled}
                aria-invalid={badPriority ? true : undefined}
                aria-describedby={badPriority ? 'priority-hint priority-error' : 'priority-hint'}
                className={`${inputClass} max-w-32`}
                {...form.register('priority')}
              />
            </Field>
          </div>
        </details>
      </div>
    </Card>
  );
}

function FixedTarget({ instance, target }: { instance: EditorInstance; target: EditorTarget | null }) {
  const t = useTranslations('route');
  const texts = useVerdictText();
  const gone = target?.seen.is === 'value' && target.seen.value === 'gone';
  const called =
    target?.name ??
    (gone
      ? t('target-gone')
      : target && target.seen.is !== 'value'
        ? texts.notSeen(target.scope === 'chat' ? 'chat' : 'person', target.seen)
        : target?.id.slice(0, 8));
  return (
    <p className="flex flex-wrap items-center gap-x-2" title={t('target-fixed')}>
      <span className="text-muted">{t(`scopes.${target?.scope ?? 'chat'}`)}</span>
      <span className="font-medium">{called}</span>
      <span className="text-muted">· {instance.name}</span>
      {target ? <CopyId value={target.id} label={target.name ?? target.id} /> : null}
    </p>
  );
}
