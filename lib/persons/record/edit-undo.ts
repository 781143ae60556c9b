import 'server-only';
import { z } from 'zod';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPerson, patchPerson } from '#lib/omni/resources/persons.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { personPatch, type Person } from '#lib/omni/schemas/persons.ts';
import { defineOperation, type Json } from '#lib/operations/plan/define.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import { curlLine } from '#lib/operations/plan/shell.ts';
import { calledBy } from './person-record.ts';

const input = z.strictObject({ id: z.uuid().toLowerCase(), fields: z.record(z.string(), z.json()) });
type Input = z.infer<typeof input>;
type EditUndoFacts = { person: Person | null; serverUrl: string };

async function read({ id }: Input, omni: Omni): Promise<Result<EditUndoFacts, OmniError>> {
  const person = await getPerson(omni, id);
  if (person.ok) return ok({ person: person.value, serverUrl: omni.server.url });
  return person.error.kind === 'not_found' ? ok({ person: null, serverUrl: omni.server.url }) : person;
}

function differing(person: Person | null, fields: Input['fields']): [string, Json, Json][] {
  if (!person) return [];
  const now: Record<string, unknown> = person;
  return Object.entries(fields).flatMap(([field, value]) => {
    const was = (now[field] ?? null) as Json;
    return canonical(was) === canonical(value) ? [] : [[field, was, value] as [string, Json, Json]];
  });
}

/** Undoes an edit: writes a person's fields as they were before, whatever they were. */
export const undoPersonEdit = defineOperation<Input, EditUndoFacts>({
  name: 'persons.edit-undo',
  scopes: ['persons:write'],
  input,
  subjects: ({ id }) => [`person:${id}`],
  contacts: (_, { person }) => [person?.primaryPhone, person?.primaryEmail],
  read,
  plan({ id, fields }, { person, serverUrl }) {
    const changes = differing(person, fields);
    const refusal =
      person === null ? { key: 'edit.gone' } : changes.length === 0 ? { key: 'edit-undo.already' } : undefined;
    const text = (value: Json) =>
      value === null ? '—' : typeof value === 'string' ? value || '—' : JSON.stringify(value).slice(0, 300);
    return {
      title: { key: 'edit-undo.title', values: { name: person ? calledBy({ person }) : id.slice(0, 8) } },
      effects: { id, changes: Object.fromEntries(changes.map(([field, from, to]) => [field, { from, to }])) },
      steps: [
        {
          id: 'patch',
          kind: 'patch',
          title: { key: 'edit.step', values: { count: changes.length } },
          args: Object.fromEntries(changes.map(([field, , to]) => [field, to])),
        },
      ],
      moves: changes.map(([field, from, to]) => ({
        key: `edit.change-${field}`,
        values: { from: text(from), to: text(to) },
      })),
      losses: [],
      unknowns: [],
      warnings: [],
      ...(refusal ? { refusal } : {}),
      command: { curl: curlLine('PATCH', serverUrl, `/persons/${id}`, fields) },
    };
  },
  steps: {
    patch: {
      still: async ({ input: { id }, args, before, omni }) => {
        const now = await getPerson(omni, id);
        if (!now.ok) return now;
        const touched = Object.fromEntries(
          differing(before.person, args as Input['fields']).map(([field, was]) => [field, was]),
        );
        return ok(differing(now.value, touched).length > 0 ? { key: 'edit.moved' } : null);
      },
      run: async ({ input: { id }, args, omni }) => {
        const done = await patchPerson(omni, id, personPatch.parse(args));
        return done.ok ? ok(undefined) : done;
      },
      done: async ({ input: { id, fields }, omni }) => {
        const now = await getPerson(omni, id);
        if (!now.ok)
          return now.error.kind === 'not_found' ? { is: 'stuck', why: { key: 'edit.gone' } } : { is: 'unknown' };
        return { is: differing(now.value, fields).length === 0 ? 'yes' : 'no' };
      },
    },
  },
  async verify({ input: { id, fields }, omni }) {
    const now = await getPerson(omni, id);
    return [{ text: { key: 'edit.verified' }, held: now.ok ? differing(now.value, fields).length === 0 : null }];
  },
  undo: ({ input: { id, fields }, before }) => ({
    operation: 'persons.edit-undo',
    input: { id, fields: Object.fromEntries(differing(before.person, fields).map(([field, was]) => [field, was])) },
  }),
});
