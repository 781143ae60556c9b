'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { PickerField } from '#components/form/picker/picker-field.tsx';
import { searchPeopleByName, searchPeopleWithout } from '#components/form/picker/searches.ts';
import type { PickerOption } from '#components/form/picker/option.ts';
import { SelectField } from '#components/form/fields/select-field.tsx';
import { ChangeForm } from '#components/operations/change/change-form.tsx';
import { useChange } from '#components/operations/change/use-change.ts';
import { Dialog } from '#components/ui/overlay/dialog.tsx';
import type { ListedRule } from '#lib/access/rules/listed-rule.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { ALL, createInput, draftOf, editInput, newDraft } from './rule-draft.ts';
import { RuleFields } from './rule-fields.tsx';

type DialogParts = { title: string; close: () => void; ended: () => void };

type Instances = readonly { id: string; name: string }[];

export type RuleDialogProps = DialogParts & {
  dialog: string;
  /** For a new rule the person it is for, or `all`. */
  value: string;
  /** The rule that the dialog was opened with; null where there is none. */
  rule: ListedRule | null;
  instances: Instances;
  /** Names of the people that rules name, by id; null where there is none. */
  people: Readonly<Record<string, string | null>>;
};

/** What stands in the open dialog for an access rule. */
export function RuleDialog({ dialog, value, rule, instances, people, ...parts }: RuleDialogProps) {
  const t = useTranslations('access-rules');
  if (dialog === 'create-rule') {
    const person = value === ALL || value === '' ? null : { id: value, name: people[value] ?? t('a-person') };
    return <CreateRule {...parts} person={person} instances={instances} />;
  }
  if (!rule)
    return (
      <Shell {...parts}>
        <p role="alert">{t('gone')}</p>
      </Shell>
    );
  if (dialog === 'edit-rule') return <EditRule {...parts} rule={rule} />;
  if (dialog === 'link-rule') return <LinkRule {...parts} rule={rule} />;
  return <ReviewRule {...parts} rule={rule} deletes={dialog === 'delete-rule'} />;
}

function Shell({ title, close, children }: Omit<DialogParts, 'ended'> & { children: ReactNode }) {
  return (
    <Dialog open wide title={title} onCancel={close}>
      <div className="mt-3">{children}</div>
    </Dialog>
  );
}

function CreateRule({
  person,
  instances,
  ...parts
}: DialogParts & { person: PickerOption | null; instances: Instances }) {
  const t = useTranslations('access-rules');
  const change = useChange({
    name: 'access.create',
    start: newDraft(person),
    draft: `create-rule ${person?.id ?? ''}`,
    input: createInput,
    onEnd: parts.ended,
  });
  const places = [
    { value: ALL, text: t('all-instances') },
    ...instances.map(({ id, name }) => ({ value: id, text: name })),
  ];
  return (
    <Shell {...parts}>
      <ChangeForm addressed inside change={change} runLabel={t('create')}>
        <RuleFields
          draft={change.form.values}
          where={<SelectField name="where" label={t('instance')} options={places} />}
          person={
            <PickerField
              name="person"
              label={t('person')}
              hint={t('person-hint')}
              search={searchPeopleByName}
              optional
            />
          }
        />
      </ChangeForm>
    </Shell>
  );
}

function EditRule({ rule, ...parts }: DialogParts & { rule: ListedRule }) {
  const t = useTranslations('access-rules');
  const change = useChange({
    name: 'access.edit',
    start: draftOf(rule),
    draft: `edit-rule ${rule.id}`,
    input: (draft) => editInput(rule, draft),
    onEnd: parts.ended,
  });
  return (
    <Shell {...parts}>
      <ChangeForm addressed inside change={change} runLabel={t('save')}>
        <RuleFields draft={change.form.values} expires={rule.expiresAt !== null} />
      </ChangeForm>
    </Shell>
  );
}

function LinkRule({ rule, ...parts }: DialogParts & { rule: ListedRule }) {
  const t = useTranslations('access-rules');
  const change = useChange<{ person: PickerOption | null }>({
    name: 'access.edit',
    start: { person: null },
    input: ({ person }) => (person ? { id: rule.id, changes: { personId: person.id } } : undefined),
    onEnd: parts.ended,
  });
  const search = searchPeopleWithout(rule.personId ? [rule.personId] : []);
  return (
    <Shell {...parts}>
      <ChangeForm addressed inside change={change} runLabel={t('link')}>
        <PickerField name="person" label={t('person')} hint={t('person-hint')} search={search} />
      </ChangeForm>
    </Shell>
  );
}

/** What needs no input but the review: switched on or off, or deleted. */
function ReviewRule({ rule, deletes, ...parts }: DialogParts & { rule: ListedRule; deletes: boolean }) {
  const t = useTranslations('access-rules');
  const { id, state } = rule;
  const change = useChange<object>({
    name: deletes ? 'access.delete' : 'access.edit',
    start: {},
    input: (): { [key: string]: Json } => (deletes ? { id } : { id, changes: { enabled: state === 'inactive' } }),
    onEnd: parts.ended,
  });
  return (
    <Shell {...parts}>
      <ChangeForm
        addressed
        inside
        change={change}
        runLabel={t(deletes ? 'delete' : state === 'inactive' ? 'activate' : 'deactivate')}
      />
    </Shell>
  );
}
