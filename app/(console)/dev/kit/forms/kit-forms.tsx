'use client';

import { useState, type ReactNode } from 'react';
import { ChoiceCards } from '#components/form/fields/choice-cards.tsx';
import { KeyField } from '#components/form/fields/key-field.tsx';
import { MetadataField } from '#components/form/fields/metadata-field.tsx';
import { MomentField } from '#components/form/fields/moment-field.tsx';
import { PhoneField } from '#components/form/fields/phone-field.tsx';
import { SegmentedField } from '#components/form/fields/segmented.tsx';
import { SelectField } from '#components/form/fields/select-field.tsx';
import { SwitchField } from '#components/form/fields/switch-field.tsx';
import { TextField } from '#components/form/fields/text-field.tsx';
import { Form, SubmitButton } from '#components/form/form.tsx';
import type { PickerOption } from '#components/form/picker/option.ts';
import { PickerField } from '#components/form/picker/picker-field.tsx';
import { searchChatsOf, searchIn, searchKeys, searchPeopleByName } from '#components/form/picker/searches.ts';
import { useFormOf } from '#components/form/use-form-of.ts';
import { draftOf, type MetadataDraft } from '#lib/persons/record/metadata-rows.ts';

type Props = { instances: PickerOption[]; agents: PickerOption[] };

const LATEST = '2999-12-31T23:59:59.000Z';
const EMPTY: PickerOption | null = null;
const METADATA: MetadataDraft = draftOf({ plan: 'gold', seats: 3 });

/** The parts in their states, and two forms: one that is sent, one that is always refused. */
export function KitForms({ instances, agents }: Props) {
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <Section title="Fields">
        <Fields />
      </Section>
      <Section title="Pickers">
        <Pickers instances={instances} agents={agents} />
      </Section>
      <Section title="Refused">
        <Refused />
      </Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="min-w-0 rounded border bg-surface p-4">
      <h2 className="mb-3">{title}</h2>
      {children}
    </section>
  );
}

function Fields() {
  const [sent, setSent] = useState('');
  const form = useFormOf({
    start: {
      text: '',
      choice: 'b',
      on: true,
      segment: 'week',
      card: 'one',
      when: '2027-12-31T12:00:00.000Z',
      phone: '',
      metadata: METADATA,
      key: '',
    },
    draft: 'kit',
    asks: true,
  });
  return (
    <Form
      form={form}
      submit={({ text, choice, on, segment, card, when, phone }) => {
        setSent(JSON.stringify({ text, choice, on, segment, card, when, phone }));
        form.settle();
      }}
    >
      <TextField name="text" label="Text" hint="A hint" optional />
      <SelectField
        name="choice"
        label="Select"
        options={['a', 'b', 'c'].map((value) => ({ value, text: `Option ${value}` }))}
      />
      <SwitchField name="on" label="Switch" hint="Saved with the form" />
      <SegmentedField
        name="segment"
        label="Segmented"
        options={['day', 'week', 'month'].map((value) => ({ value, text: value }))}
      />
      <ChoiceCards
        name="card"
        label="Choice cards"
        options={[
          { value: 'one', title: 'The first', help: 'What it means.' },
          { value: 'two', title: 'The second', help: 'What that means.' },
          { value: 'three', title: 'The third', help: 'Not now.', disabled: true },
        ]}
      />
      <MomentField name="when" label="Moment" max={LATEST} />
      <PhoneField name="phone" label="Phone" hint="With the country, or of the console's own region" optional />
      <MetadataField name="metadata" label="Metadata" />
      <KeyField name="key" label="Key" whose="Kit" optional />
      <SubmitButton>Save</SubmitButton>
      <output aria-label="Sent" className="block font-mono text-xs break-all">
        {sent}
      </output>
    </Form>
  );
}

function Pickers({ instances, agents }: Props) {
  const form = useFormOf({
    start: { person: EMPTY, agent: EMPTY, instance: EMPTY, chat: EMPTY, apiKey: EMPTY, several: EMPTY },
  });
  const instance = form.values.instance as PickerOption | null;
  return (
    <Form form={form} submit={() => undefined}>
      <PickerField name="person" label="Person" search={searchPeopleByName} />
      <PickerField name="agent" label="Agent" search={searchIn(agents)} />
      <PickerField name="instance" label="Instance" search={searchIn(instances)} />
      <PickerField name="chat" label="Chat" search={searchChatsOf(instance?.id ?? instances[0]?.id ?? '')} />
      <PickerField name="apiKey" label="API keys" search={searchKeys} />
      <PickerField
        name="several"
        label="One of hundred"
        search={searchIn(Array.from({ length: 100 }, (_, at) => ({ id: `n${at}`, name: `Number ${at}` })))}
      />
    </Form>
  );
}

function Refused() {
  const form = useFormOf({ start: { first: '', second: '' } });
  return (
    <Form
      form={form}
      submit={({ first }) =>
        first
          ? { ok: false, code: 'console_unreachable' }
          : { ok: false, code: 'invalid', fields: { first: 'required', second: 'required' } }
      }
    >
      <TextField name="first" label="First" />
      <TextField name="second" label="Second" hint="Both are refused while the first is empty" />
      <SubmitButton>Send</SubmitButton>
    </Form>
  );
}
