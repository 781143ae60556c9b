import 'server-only';
import { z } from 'zod';
import { env } from '#lib/env.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPerson, patchPerson } from '#lib/omni/resources/persons.ts';
import { personPatch, type Person, type PersonPatch } from '#lib/omni/schemas/persons.ts';
import { sets, type Effect } from '#lib/operations/effects/effect.ts';
import { NOTHING, thing, type Value } from '#lib/operations/effects/value.ts';
import { sameJson } from '#lib/operations/plan/canonical.ts';
import { asJson, defineOperation, step, type Json, type Text } from '#lib/operations/plan/define.ts';
import { personCommand } from '#lib/persons/identities/identity-steps.ts';
import { withBroughtBack } from '#lib/persons/directory/merged-into.ts';
import { plainEmail, sameEmail } from '#lib/text/email.ts';
import { visibleName } from '#lib/text/visible.ts';
import { fieldValue } from './field-value.ts';
import { rebase } from './meanwhile.ts';
import { parsePhone, phoneRefusal } from '#lib/persons/directory/phone-input.ts';
import { calledBy } from './person-record.ts';
import { metadataProblem } from './metadata.ts';
import { whoHasEmail, whoHasPhone, type Holder } from './taken.ts';
import { jsonObject, jsonValue, ownValue } from '#lib/omni/json.ts';

const blankToNull = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? null : value);

const emailToStore = (value: unknown) => blankToNull(typeof value === 'string' ? plainEmail(value) : value);

/** Metadata comes as a JSON text: React leaves keys out of the objects that it carries between a page and its server (`__proto__`). */
function fromJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/**
 * Changes to a person: only the fields that are named. Blank means nothing (null), never `""` (contract §10.17). `restores`: fields as
 * they were before another edit, whatever they were; that is how an edit is undone.
 */
export const editInput = z
  .strictObject({
    id: z.uuid().toLowerCase(),
    changes: z
      .strictObject({
        displayName: z
          .string()
          .trim()
          .refine((name) => visibleName(name) !== null, 'name_needed')
          .max(255, 'too_long')
          .optional(),
        primaryPhone: z.preprocess(blankToNull, z.string().trim().max(50, 'too_long').nullable()).optional(),
        primaryEmail: z.preprocess(emailToStore, z.email('bad_email').max(255, 'too_long').nullable()).optional(),
        avatarUrl: z
          .preprocess(blankToNull, z.url({ protocol: /^https$/, error: 'https_needed' }).nullable())
          .optional(),
        metadata: z.preprocess(fromJson, jsonObject.nullable()).optional(),
      })
      .default({}),
    restores: jsonObject.optional(),
    /**
     * The values on the screen when somebody began to edit, or that the edit wrote which is undone: what somebody else wrote since is not
     * overwritten.
     */
    expects: z
      .object({ metadata: z.preprocess(fromJson, jsonObject.nullable()).optional() })
      .catchall(jsonValue)
      .optional(),
    /** The email is saved although somebody else has it. */
    sharesEmail: z.literal(true).optional(),
  })
  .refine(({ changes, restores }) => restores !== undefined || Object.keys(changes).length > 0, 'nothing_to_change');

export type PersonEditInput = z.infer<typeof editInput>;

/** The person now, and whoever else has the new phone (Omni keeps phones unique, contract §3) or the new email. */
export type PersonEditFacts = {
  person: Person | null;
  taken?: { id: string; name: string | null } | null;
  emailTaken?: Holder | null;
  /** Whether somebody has it could not be told. */
  emailUnsure?: boolean;
  serverUrl: string;
};

type Fields = { [field: string]: Json };
type FieldChange = { field: string; from: Json; to: Json };

/** The values an edit would store: phones as E.164, blanks as null. */
function wanted({ changes, restores }: PersonEditInput): { fields: Fields; refusal?: Text } {
  if (restores) return { fields: restores };
  const fields: Fields = { ...changes };
  if (changes.primaryPhone) {
    const phone = parsePhone(changes.primaryPhone, env().DEFAULT_PHONE_REGION);
    if (!phone.ok) return { fields, refusal: phoneRefusal(phone, changes.primaryPhone) };
    fields.primaryPhone = phone.stored;
  }
  const refusal = changes.metadata ? metadataProblem(changes.metadata) : null;
  return refusal ? { fields, refusal } : { fields };
}

/** What of some fields is not so yet. */
function changesIn(person: Person | null, fields: Fields): FieldChange[] {
  const now = new Map<string, unknown>(Object.entries(person ?? {}));
  return Object.entries(fields).flatMap(([field, to]) => {
    const from = asJson(now.get(field));
    return person === null || sameJson(from, to) ? [] : [{ field, from, to: to ?? null }];
  });
}

/** What is written to this person, or why nothing is. */
function planned(input: PersonEditInput, person: Person | null): { changes: FieldChange[]; refusal?: Text } {
  const { fields, refusal } = wanted(input);
  if (refusal || !person || !input.expects)
    return { changes: changesIn(person, fields), ...(refusal ? { refusal } : {}) };
  const { patch, clash } = rebase(
    Object.fromEntries(Object.entries(person).map(([name, one]) => [name, asJson(one)])),
    fields,
    input.expects,
  );
  if (!clash) return { changes: changesIn(person, patch) };
  const { key, now } = clash;
  if (key === undefined) {
    const values = { now: fieldValue(clash.field, now) };
    return { changes: [], refusal: { key: 'edit.clash', values, data: { now: now ?? null } } };
  }
  const data = { key, ...(now === undefined ? {} : { now: JSON.stringify(now) }) };
  return { changes: [], refusal: { key: 'edit.clash-key', values: { now: fieldValue('', now), key }, data } };
}

async function read(input: PersonEditInput, omni: Omni): Promise<Result<PersonEditFacts, OmniError>> {
  const found = await getPerson(omni, input.id);
  if (!found.ok && found.error.kind !== 'not_found') return found;
  const person = found.ok ? found.value : null;
  const serverUrl = omni.server.url;
  if (input.restores) return ok({ person, taken: null, emailTaken: null, serverUrl });
  const { primaryPhone: phone, primaryEmail: email } = wanted(input).fields;
  const ownEmail = typeof email === 'string' && sameEmail(person?.primaryEmail, email);
  const [taken, emailTaken] = await Promise.all([
    typeof phone === 'string' ? whoHasPhone(omni, phone, input.id) : ok(null),
    typeof email === 'string' && !ownEmail && !input.sharesEmail ? whoHasEmail(omni, email, input.id) : ok(null),
  ]);
  if (!taken.ok) return taken;
  if (!emailTaken.ok) return emailTaken;
  const emailUnsure = emailTaken.value === 'unsure';
  const holder = emailTaken.value === 'unsure' ? null : emailTaken.value;
  return ok({ person, taken: taken.value, emailTaken: holder, emailUnsure, serverUrl });
}

function refusalOf(
  { restores, sharesEmail }: PersonEditInput,
  { person, taken, emailTaken }: PersonEditFacts,
  changes: FieldChange[],
): Text | null {
  if (!person) return { key: 'edit.gone' };
  if (taken && changes.some(({ field, to }) => field === 'primaryPhone' && to !== null))
    return { key: 'edit.phone-taken', values: { name: taken.name ?? '', id: taken.id } };
  if (emailTaken && !sharesEmail && changes.some(({ field }) => field === 'primaryEmail'))
    return { key: 'edit.email-taken', values: emailTaken };
  return changes.length > 0 ? null : { key: restores ? 'edit-undo.already' : 'edit.nothing' };
}

/** One effect a field, of metadata one a key. Omni can't clear a name, so a first name stays (contract §3). */
function effectsOf(changes: readonly FieldChange[]): Effect[] {
  return changes.flatMap(({ field, from, to }) => {
    const name = `person.${field}`;
    if (field !== 'metadata') {
      return sets(
        name,
        fieldValue(field, from),
        fieldValue(field, to),
        canRestore({ field, from }) ? {} : { back: 'no' },
      );
    }
    const [was, is] = [keysOf(from), keysOf(to)];
    const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
      (key) => !sameJson(ownValue(was, key), ownValue(is, key)),
    );
    if (keys.length === 0) return sets(name, fieldValue(field, from), fieldValue(field, to));
    return keys.map((key) => ({
      ...sets(name, fieldValue('', ownValue(was, key)), fieldValue('', ownValue(is, key)), { more: { key } }),
      what: 'set-key',
    }));
  });
}

function canRestore({ field, from }: Pick<FieldChange, 'field' | 'from'>): boolean {
  return field !== 'displayName' || (typeof from === 'string' && from.trim() !== '');
}

/** One PATCH with only what changes. */
const patch = step<PersonEditInput, PersonEditFacts, PersonPatch>({
  kind: 'patch',
  args: personPatch,
  still: async ({ input, args, before, omni }) => {
    const now = await getPerson(omni, input.id);
    if (!now.ok) return now;
    const was = changesIn(before.person, keysOf(asJson(args))).map(({ field, from }) => [field, from]);
    return ok(changesIn(now.value, Object.fromEntries(was)).length > 0 ? { key: 'edit.moved' } : null);
  },
  run: async ({ input, args, omni }) => {
    const done = await patchPerson(omni, input.id, args);
    return done.ok ? ok(undefined) : done;
  },
  done: async ({ input, args, omni }) => {
    const now = await getPerson(omni, input.id);
    if (now.ok) return { is: changesIn(now.value, keysOf(asJson(args))).length === 0 ? 'yes' : 'no' };
    return now.error.kind === 'not_found' ? { is: 'stuck', why: { key: 'edit.gone' } } : { is: 'unknown' };
  },
  command: ({ input: { id }, before, args }) => personCommand(before.serverUrl, id, args),
});

/** Edits a person's fields, read back afterwards. Undone by another edit, which restores what was there. */
export const editPerson = defineOperation<PersonEditInput, PersonEditFacts>({
  name: 'persons.edit',
  scopes: ['persons:write'],
  input: editInput,
  subjects: (input) => [`person:${input.id}`],
  contacts: (input, { person }) => {
    const { primaryPhone, primaryEmail } = input.changes;
    return [person?.primaryPhone, person?.primaryEmail, primaryPhone, primaryEmail];
  },
  read,
  plan(input, facts) {
    const { person } = facts;
    const { changes, refusal } = planned(input, person);
    const refused = !person ? { key: 'edit.gone' } : (refusal ?? refusalOf(input, facts, changes));
    const name = person ? calledBy({ person }) : input.id.slice(0, 8);
    const fields = Object.fromEntries(changes.map(({ field, to }) => [field, to]));
    return {
      title: input.restores
        ? { key: 'edit-undo.title', values: { name } }
        : { key: 'edit.title', values: { name, ...savedAs(changes) } },
      effects: effectsOf(changes),
      relies: { id: input.id, taken: facts.taken?.id },
      steps: [patch.planned('patch', { key: 'edit.step', values: { count: changes.length } }, fields)],
      ...(refused ? { refusal: refused } : {}),
      ...(facts.emailUnsure ? { notes: [{ key: 'edit.email-unsure' }] } : {}),
      verb: 'save',
      opens: thing('person', input.id, name),
    };
  },
  steps: { patch },
  async verify({ input, omni, before }) {
    const now = await getPerson(omni, input.id);
    if (!now.ok || !before.person) return [{ text: { key: 'edit.unseen' }, held: null }];
    const { changes } = planned(input, before.person);
    const left = changesIn(now.value, Object.fromEntries(changes.map(({ field, to }) => [field, to])));
    return [{ text: { key: 'edit.verified' }, held: left.length === 0 }];
  },
  today: (input, db, reader) => withBroughtBack(input, ['id'], db, reader),
  undo({ input, before }) {
    if (!before.person) return { impossible: { key: 'edit.no-undo' } };
    const restorable = planned(input, before.person).changes.filter(canRestore);
    if (restorable.length === 0) return { impossible: { key: 'edit.no-name-undo' } };
    const pick = (side: 'from' | 'to') => Object.fromEntries(restorable.map((one) => [one.field, one[side]]));
    return { operation: 'persons.edit', input: { id: input.id, restores: pick('from'), expects: pick('to') } };
  },
});

/** What `edit.title-done` says of a change: the one field and its new value, `no…` where it was removed, or `several`. */
function savedAs([change, ...others]: readonly FieldChange[]): { field: string; to: Value } {
  if (!change || others.length > 0) return { field: 'several', to: NOTHING };
  const { field, to } = change;
  return { field: to === null ? (REMOVED[field] ?? field) : field, to: fieldValue(field, to) };
}

const REMOVED: Record<string, string> = {
  primaryPhone: 'noPhone',
  primaryEmail: 'noEmail',
  avatarUrl: 'noPicture',
  metadata: 'noMetadata',
};

function keysOf(value: Json): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
