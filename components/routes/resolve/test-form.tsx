'use client';

import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useTransition, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { Field } from '#components/form/field.tsx';
import type { PickerOption } from '#components/form/picker/option.ts';
import { Picker } from '#components/form/picker/picker.tsx';
import { InstanceField, type InstanceChoice } from './instance-field.tsx';
import { searchChatsOf, searchPeopleByName } from '#components/form/picker/searches.ts';

type Props = {
  instances: InstanceChoice[];
  instanceId: string | null;
  chat: PickerOption | null;
  person: PickerOption | null;
  /** What stands at the end of the line. */
  children?: ReactNode;
};

/** The instance, the chat and the person to test. All of it stands in the address. */
export function TestForm({ instances, instanceId, chat, person, children }: Props) {
  const t = useTranslations('route-test');
  const router = useRouter();
  const [pending, start] = useTransition();

  function go(change: Record<string, string | null>) {
    const params = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(change)) {
      if (value === null) params.delete(name);
      else params.set(name, value);
    }
    start(() => router.replace(`/routes/test?${params}` as Route, { scroll: false }));
  }

  return (
    <div
      role="search"
      aria-busy={pending}
      className="relative grid gap-x-4 gap-y-2 md:grid-cols-[1fr_1fr_1fr_auto] md:items-end"
    >
      <p role="status" className="absolute -top-1 right-0 text-xs text-muted">
        {pending ? t('checking') : ''}
      </p>
      <InstanceField
        instances={instances}
        chosen={instanceId}
        pick={(id) => go({ instance: id, chat: null })}
        focused={instanceId === null}
      />
      <Field id="chat" label={t('chat')} optional>
        <Picker
          key={instanceId}
          id="chat"
          label={t('chat')}
          placeholder={t('any-chat')}
          chosen={chat}
          search={instanceId === null ? () => ({ rows: [] }) : searchChatsOf(instanceId)}
          pick={(option) => go({ chat: option?.id ?? null })}
          disabled={instanceId === null}
          clearable
        />
      </Field>
      <Field id="person" label={t('person')} optional>
        <Picker
          id="person"
          label={t('person')}
          placeholder={t('any-person')}
          chosen={person}
          search={searchPeopleByName}
          pick={(option) => go({ person: option?.id ?? null })}
          clearable
        />
      </Field>
      {children}
    </div>
  );
}
