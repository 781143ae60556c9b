'use client';

import { useTranslations } from 'use-intl/react';
import { Field } from '#components/form/field.tsx';
import type { PickerOption } from '#components/form/picker/option.ts';
import { Picker } from '#components/form/picker/picker.tsx';
import { searchIn } from '#components/form/picker/searches.ts';
import { useVerdictText } from '#components/ui/verdict/use-verdict-text.ts';
import { AGENTS_LIMIT } from '#lib/omni/limits.ts';
import type { Seen } from '#lib/omni/seen.ts';
import type { AgentChoices } from '#lib/routes/editor/editor.ts';

type Props = {
  agents: Seen<AgentChoices>;
  chosen: string | null;
  pick: (id: string | null) => void;
  /** Whose agent answers without one; left out where one must be chosen. */
  fallback?: string | null | undefined;
  disabled: boolean;
  /** It is the next to be chosen. */
  focused?: boolean;
};

/**
 * The agents as they are picked, and what an id is called: one that doesn't exist is said, one that wasn't seen is its id. `hints` say
 * that some or all can't be listed.
 */
export function useAgentChoices(agents: Seen<AgentChoices>) {
  const t = useTranslations('route');
  const texts = useVerdictText();
  const { all, missing, limited } =
    agents.is === 'value' ? agents.value : { all: [], missing: [] as string[], limited: false };
  const options = all.map(({ id, name, active, provider, silent }): PickerOption => ({
    id,
    name,
    ...(provider.is === 'value' ? { detail: provider.value ?? t('no-provider') } : {}),
    ...(silent ? { warn: t('provider-inactive') } : active ? {} : { warn: t('agent-inactive') }),
  }));
  const optionOf = (id: string): PickerOption =>
    options.find((option) => option.id === id) ?? {
      id,
      name: missing.includes(id) ? t('agent-missing', { id: id.slice(0, 8) }) : id,
    };
  const hints = [
    ...(agents.is === 'value' ? [] : [`${texts.notSeen('agents', agents)}. ${t('agents-paste')}`]),
    ...(limited ? [t('agents-limit', { count: AGENTS_LIMIT })] : []),
  ];
  return { options, optionOf, hints };
}

/** Which agent a route has. */
export function AgentField({ agents, chosen, pick, fallback, disabled, focused }: Props) {
  const t = useTranslations('route');
  const { options, optionOf, hints: limits } = useAgentChoices(agents);
  const own = chosen === null ? null : optionOf(chosen);
  const inherited = fallback ? optionOf(fallback).name : t('nobody');
  const hints = [
    ...limits,
    own?.warn ? t('agent-warn', { warn: own.warn }) : null,
    fallback !== undefined && own ? t('agent-hint', { name: inherited }) : null,
  ].filter(Boolean);
  return (
    <Field id="agent" label={t('agent')} hint={hints.length > 0 ? hints.join(' ') : undefined}>
      <Picker
        id="agent"
        label={t('agent')}
        chosen={own}
        search={searchIn(options)}
        pick={(option) => pick(option?.id ?? null)}
        disabled={disabled}
        focused={focused}
        clearable={fallback !== undefined}
        describedBy={hints.length > 0 ? 'agent-hint' : undefined}
        placeholder={fallback === undefined ? t('agent-pick') : t('agent-inherit', { name: inherited })}
      />
    </Field>
  );
}
