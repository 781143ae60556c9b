'use client';

import { Lock } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { Badge } from '#components/ui/badge.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { CopyId } from '#components/ui/copy-id.tsx';
import { Field, inputClass } from '#components/form/field.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { useVerdictText } from '#components/ui/verdict/use-verdict-text.ts';
import { seenOr, type Seen } from '#lib/omni/seen.ts';
import type { AgentOption, EditorInstance, EditorTarget } from '#lib/routes/editor/editor.ts';
import { Picker } from '#components/form/picker/picker.tsx';
import { searchIn } from '#components/form/picker/searches.ts';
import { Segmented } from '#components/form/fields/segmented.tsx';
import type { RouteDraft } from './use-route-draft.ts';

type Props = {
  instance: EditorInstance;
  agents: Seen<AgentOption[]>;
  target: EditorTarget | null;
  existing?: { id: string; label: string | null; active: boolean } | null;
  draft: RouteDraft;
  targetFields?: ReactNode;
  fixed: boolean;
  disabled: boolean;
};

/** The fields besides the overrides: target, agent, label, priority, active. */
export function BasicFields({ instance, agents, target, existing, draft, targetFields, fixed, disabled }: Props) {
  const t = useTranslations('route');
  const tValues = useTranslations('route-values');
  const { fields, set, problems } = draft;
  const texts = useVerdictText();
  const options = seenOr(agents, []).map(({ id, name, active, provider, silent }) => ({
    id,
    name,
    ...(provider.is === 'value' ? { detail: provider.value ?? t('no-provider') } : {}),
    ...(silent ? { warn: t('provider-inactive') } : active ? {} : { warn: t('agent-inactive') }),
  }));
  const nameOf = (id: string) => options.find((option) => option.id === id) ?? { id, name: id };
  const chosen = typeof fields.agentId === 'string' ? nameOf(fields.agentId) : null;
  const inherited = instance.agentId ? nameOf(instance.agentId).name : t('nobody');
  return (
    <Card id="basics" title={t('basics')}>
      <div className="grid gap-5 md:grid-cols-2">
        <div className="md:col-span-2">
          {fixed ? <FixedTarget instance={instance} target={target} /> : targetFields}
        </div>
        {existing ? (
          <Notice
            tone="warn"
            role="alert"
            className="md:col-span-2"
            title={t(`exists.${target?.scope ?? 'chat'}`, { state: existing.active ? 'active' : 'inactive' })}
            actions={
              <Link href={`/routes/${instance.id}/${existing.id}`} className={buttonClass({ size: 'sm' })}>
                {t('open-existing')}
              </Link>
            }
          >
            {t('exists-help', { label: existing.label ?? t('unnamed') })}
          </Notice>
        ) : null}
        {target?.at === false ? (
          <Notice tone="warn" className="md:col-span-2">
            {t(target.scope === 'chat' ? 'foreign-chat' : 'no-identity')}
          </Notice>
        ) : null}
        <Field
          id="agent"
          label={t('agent')}
          hint={
            <span>
              {agents.is !== 'value'
                ? `${texts.notSeen('agents', agents)}. ${t('agents-paste')}`
                : fixed
                  ? t('agent-hint', { name: inherited })
                  : t('agent-hint-new')}
            </span>
          }
        >
          <Picker
            id="agent"
            label={t('agent')}
            chosen={chosen}
            search={searchIn(options)}
            pick={(option) => set('agentId', option?.id ?? null)}
            disabled={disabled}
            clearable={fixed}
            describedBy="agent-hint"
            placeholder={fixed ? t('agent-inherit', { name: inherited }) : t('agent-pick')}
          />
        </Field>
        <Field id="label" label={t('label')} optional hint={t('label-hint')}>
          <input
            id="label"
            value={String(fields.label ?? '')}
            maxLength={255}
            disabled={disabled}
            onChange={({ target: input }) => set('label', input.value === '' ? null : input.value)}
            aria-describedby="label-hint"
            autoComplete="off"
            className={inputClass}
          />
        </Field>
        <Field
          id="priority"
          label={t('priority')}
          hint={t('priority-hint')}
          error={problems.priority ? tValues('bad.whole') : undefined}
        >
          <input
            id="priority"
            inputMode="numeric"
            value={String(fields.priority ?? '')}
            maxLength={10}
            disabled={disabled}
            aria-invalid={problems.priority ? true : undefined}
            onChange={({ target: input }) =>
              set('priority', /^-?\d{1,9}$/.test(input.value.trim()) ? Number(input.value) : input.value)
            }
            aria-describedby="priority-hint"
            className={`${inputClass} max-w-40`}
          />
        </Field>
        <div>
          <p className="mb-1 font-medium">{t('active')}</p>
          <Segmented
            name="active"
            label={t('active')}
            disabled={disabled}
            value={fields.isActive === true ? 'active' : 'inactive'}
            options={[
              { value: 'active', text: t('is-active') },
              { value: 'inactive', text: t('is-inactive') },
            ]}
            choose={(next) => set('isActive', next === 'active')}
          />
          <p className="mt-1 text-sm text-muted">{t('active-hint')}</p>
        </div>
      </div>
    </Card>
  );
}

function FixedTarget({ instance, target }: { instance: EditorInstance; target: EditorTarget | null }) {
  const t = useTranslations('route');
  const texts = useVerdictText();
  return (
    <div className="rounded border bg-inset p-3">
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={target?.scope === 'chat' ? 'info' : 'kept'}>{t(`scopes.${target?.scope ?? 'chat'}`)}</Badge>
        <span className="font-medium">
          {target?.name ??
            (target && target.seen.is !== 'value'
              ? texts.notSeen(target.scope === 'chat' ? 'chat' : 'person', target.seen)
              : target?.id.slice(0, 8))}
        </span>
        <span className="text-muted">· {instance.name}</span>
        {target ? <CopyId value={target.id} label={target.name ?? target.id} /> : null}
      </p>
      <p className="mt-1 flex items-center gap-1.5 text-sm text-muted">
        <Lock aria-hidden className="size-3.5 shrink-0" />
        {t('target-fixed')}
      </p>
    </div>
  );
}
