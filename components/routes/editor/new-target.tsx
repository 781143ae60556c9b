'use client';

import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useOptimistic, useTransition } from 'react';
import { useTranslations } from 'use-intl/react';
import { Field } from '#components/form/field.tsx';
import type { EditorTarget } from '#lib/routes/editor/editor.ts';
import type { PickerOption } from '#components/form/picker/option.ts';
import { Picker } from '#components/form/picker/picker.tsx';
import { searchChatsOf, searchPeopleByName } from '#components/form/picker/searches.ts';
import { InstanceField, type InstanceChoice } from '#components/routes/resolve/instance-field.tsx';
import { Segmented } from '#components/form/fields/segmented.tsx';

type Scope = 'chat' | 'user';

type Props = {
  instances: InstanceChoice[];
  instanceId: string | null;
  scope: Scope;
  target: EditorTarget | null;
  disabled?: boolean;
};

/** For whom a new route is: the choice stands in the address, so that it can be linked and the server checks it. */
export function NewTarget({ instances, instanceId, scope: saved, target, disabled }: Props) {
  const t = useTranslations('route');
  const router = useRouter();
  const [pending, start] = useTransition();
  const [scope, setScope] = useOptimistic(saved);
  const chosen: PickerOption | null =
    target?.scope === scope ? { id: target.id, name: target.name ?? target.id } : null;

  function go(change: Record<string, string | null>, kind = scope) {
    const params = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(change)) {
      if (value === null) params.delete(name);
      else params.set(name, value);
    }
    params.set('for', kind);
    start(() => {
      setScope(kind);
      router.replace(`/routes/new?${params}` as Route, { scroll: false });
    });
  }

  const hint =
    target?.seen.is === 'value' && target.seen.value === 'gone' && chosen ? 'target-gone' : `scope-hints.${scope}`;
  const waits = disabled || instanceId === null;
  return (
    <div className="contents" aria-busy={pending}>
      <InstanceField
        instances={instances}
        chosen={instanceId}
        pick={(id) => go({ instance: id, chat: null })}
        disabled={disabled}
        focused={instanceId === null}
      />
      <div>
        <p aria-hidden className="mb-1 font-medium">
          {t('target')}
        </p>
        <Segmented
          name="scope"
          label={t('scope')}
          value={scope}
          disabled={waits}
          options={[
            { value: 'chat', text: t('scopes.chat') },
            { value: 'user', text: t('scopes.user') },
          ]}
          // Whoever was chosen of the other kind is let go: what is reviewed is what is seen.
          choose={(kind) => go({ chat: null, person: null }, kind)}
        />
      </div>
      <Field id="target" label={t(`scopes.${scope}`)} hint={t(hint as 'target-gone')}>
        <Picker
          key={scope}
          id="target"
          label={t(`scopes.${scope}`)}
          placeholder={t(`pick.${scope}`)}
          chosen={chosen}
          search={instanceId !== null && scope === 'chat' ? searchChatsOf(instanceId) : searchPeopleByName}
          pick={(option) =>
            go(
              scope === 'chat'
                ? { chat: option?.id ?? null, person: null }
                : { person: option?.id ?? null, chat: null },
            )
          }
          disabled={waits}
          focused={instanceId !== null && !target}
          describedBy="target-hint"
        />
      </Field>
    </div>
  );
}
