import 'server-only';
import { z } from 'zod';
import { env } from '#lib/env.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { getPerson, patchPerson } from '#lib/omni/resources/persons.ts';
import { personPatch, type Person, type PersonPatch } from '#lib/omni/schemas/persons.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import { defineOperation, type Json, type Text } from '#lib/operations/plan/define.ts';
import { curlLine, omniLine } from '#lib/operations/plan/shell.ts';
import { rebase } from './meanwhile.ts';
import { parsePhone, phoneRefusal } from '#lib/persons/directory/phone-input.ts';
import { phoneText } from '#lib/text/phone-text.ts';
import { calledBy } from './person-record.ts';
import { metadataProblem } from './metadata.ts';
import { sameEmail, whoHasEmail, whoHasPhone, type Holder } from './taken.ts';

const blankToNull = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? null : value);

/** Omni takes ASCII only (behaviour C9): a domain of other letters goes in its ASCII form, which is the same address. */
const emailToStore = (value: unknown) => {
  const text = typeof value === 'string' ? value.normalize('NFC').trim() : value;
  const [, user, domain] = typeof text === 'string' ? (/^([^@\s]+)@([^@\s/?#:]+)$/.exec(text) ?? []) : [];
  const host =
    domain && /[^\0-\x7f]/.test(domain) && URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).host : '';
  return blankToNull(host ? `${user}@${host}` : text);
};

/** Changes to a person: only the fields that are named. Blank means nothing (null), never `""` (contract §10.17). */
export const editInput = z.strictObject({
  id: z.uuid().toLowerCase(),
  changes: z
    .strictObject({
      displayName: z.string().trim().min(1, 'name_needed').max(255, 'too_long').optional(),
      primaryPhone: z.preprocess(blankToNull, z.string().trim().max(50, 'too_long').nullable()).optional(),
      primaryEmail: z.preprocess(emailToStore, z.email('bad_email').max(255, 'too_long').nullable()).optional(),
      avatarUrl: z.preprocess(blankToNull, z.url({ protocol: /^https$/, error: 'https_needed' }).nullable()).optional(),
      metadata: z.record(z.string(), z.json()).nullable().optional(),
    })
    .refine((changes) => Object.keys(changes).length > 0, 'nothing_to_change'),
  /** The values on the screen when somebody began to edit: what somebody else wrote since is not overwritten. */
  expects: z.record(z.string(), z.json()).optional(),
  /** The email is saved although somebody else has it. */
  sharesEmail: z.literal(true).optional(),
});

export type PersonEditInput = z.infer<typeof editInput>;

/** The person now, and whoever else has the new phone (Omni keeps phones unique, contract §3) or the new email. */
export type PersonEditFacts = {
  person: Person | null;
  taken: { id: string; name: string | null } | null;
  emailTaken?: Holder | null;
  serverUrl: string;
};

/** The values an edit would store: phones as E.164, blanks as null. */
function wanted(changes: PersonEditInput['changes']): { patch: PersonPatch; refusal?: Text } {
  const patch: PersonPatch = { ...changes };
  if (changes.primaryPhone) {
    const phone = parsePhone(changes.primaryPhone, env().DEFAULT_PHONE_REGION);
    if (!phone.ok) return { patch, refusal: phoneRefusal(phone, changes.primaryPhone) };
    patch.primaryPhone = phone.stored;
  }
  const metadata = changes.metadata ? metadataProblem(changes.metadata) : null;
  return metadata ? { patch, refusal: metadata } : { patch };
}

/** What is written to this person, or why nothing is. */
function planned({ changes, expects }: PersonEditInput, person: Person | null): { patch: PersonPatch; refusal?: Text } {
  const { patch, refusal } = wanted(changes);
  if (refusal || !person || !expects) return { patch, ...(refusal ? { refusal } : {}) };
  const { patch: merged, clash } = rebase(
    person as { [field: string]: Json },
    patch as { [field: string]: Json },
    expects,
  );
  if (!clash) return { patch: merged as PersonPatch };
  const values = {
    now: plain(clash.now),
    raw: JSON.stringify(clash.now),
    ...(clash.key === undefined ? {} : { key: clash.key }),
  };
  return { patch, refusal: { key: clash.key === undefined ? 'edit.clash' : 'edit.clash-key', values } };
}

async function read(
  input: PersonEditInput,
  omni: Parameters<typeof getPerson>[0],
): Promise<Result<PersonEditFacts, OmniError>> {
  const person = await getPerson(omni, input.id);
  if (!person.ok && person.error.kind !== 'not_found') return person;
  const { patch } = wanted(input.changes);
  const { primaryPhone: phone, primaryEmail: email } = patch;
  const known = person.ok ? person.value : null;
  const ownEmail = email && known?.primaryEmail && sameEmail(known.primaryEmail, email);
  const [taken, emailTaken] = await Promise.all([
    phone ? whoHasPhone(omni, phone, input.id) : ok(null),
    email && !ownEmail && !input.sharesEmail ? whoHasEmail(omni, email, input.id) : ok(null),
  ]);
  if (!taken.ok) return taken;
  if (!emailTaken.ok) return emailTaken;
  return ok({ person: known, taken: taken.value, emailTaken: emailTaken.value, serverUrl: omni.server.url });
}

function changedFields(person: Person, patch: PersonPatch): [string, Json, Json][] {
  return Object.entries(patch).flatMap(([field, value]) => {
    const now = person[field as keyof Person] as Json;
    return canonical(now ?? null) === canonical((value ?? null) as Json)
      ? []
      : [[field, now ?? null, (value ?? null) as Json] as [string, Json, Json]];
  });
}

/** Edits a person's fields: one PATCH with only what changes, read back afterwards. */
export const editPerson = defineOperation<PersonEditInput, PersonEditFacts>({
  name: 'persons.edit',
  scopes: ['persons:write'],
  input: editInput,
  subjects: (input) => [`person:${input.id}`],
  contacts: ({ changes }, { person }) => [
    person?.primaryPhone,
    person?.primaryEmail,
    changes.primaryPhone,
    changes.primaryEmail,
  ],
  read,
  plan(input, facts) {
    const { person, taken, emailTaken } = facts;
    const { patch, refusal } = planned(input, person);
    const changes = person ? changedFields(person, patch) : [];
    const refused: Text | undefined = !person
      ? { key: 'edit.gone' }
      : (refusal ??
        (taken && taken.id !== person.id && patch.primaryPhone
          ? { key: 'edit.phone-taken', values: { name: taken.name ?? '', id: taken.id } }
          : emailTaken && !input.sharesEmail && changes.some(([field]) => field === 'primaryEmail')
            ? { key: 'edit.email-taken', values: emailTaken }
            : changes.length === 0
              ? { key: 'edit.nothing' }
              : undefined));
    return {
      title: {
        key: 'edit.title',
        values: { name: person ? calledBy({ person }) : input.id.slice(0, 8), ...savedAs(changes) },
      },
      effects: {
        id: input.id,
        changes: Object.fromEntries(changes.map(([field, from, to]) => [field, { from, to }])),
        taken: taken?.id ?? null,
      },
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
        values: { from: shown(field, from), to: shown(field, to) },
      })),
      losses: [],
      unknowns: [],
      warnings: [],
      ...(refused ? { refusal: refused } : {}),
      command: commandOf(input.id, Object.fromEntries(changes.map(([field, , to]) => [field, to])), facts.serverUrl),
    };
  },
  steps: {
    patch: {
      still: async ({ input, args, before, omni }) => {
        const now = await getPerson(omni, input.id);
        if (!now.ok) return now;
        const touched = before.person ? changedFields(before.person, args as PersonPatch) : [];
        const moved = touched.some(([field, from]) => changedFields(now.value, { [field]: from }).length > 0);
        return ok(moved ? { key: 'edit.moved' } : null);
      },
      run: async ({ input, args, omni }) => {
        const done = await patchPerson(omni, input.id, personPatch.parse(args));
        return done.ok ? ok(undefined) : done;
      },
      done: async ({ input, args, omni }) => {
        const now = await getPerson(omni, input.id);
        if (!now.ok)
          return now.error.kind === 'not_found' ? { is: 'stuck', why: { key: 'edit.gone' } } : { is: 'unknown' };
        return { is: changedFields(now.value, args as PersonPatch).length === 0 ? 'yes' : 'no' };
      },
    },
  },
  async verify({ input, omni, before }) {
    const now = await getPerson(omni, input.id);
    const { patch } = planned(input, before.person);
    if (!now.ok || !before.person) return [{ text: { key: 'edit.unseen' }, held: null }];
    const left = changedFields(now.value, patch);
    return [{ text: { key: 'edit.verified' }, held: left.length === 0 }];
  },
  undo({ input, before }) {
    if (!before.person) return { impossible: { key: 'edit.no-undo' } };
    const { patch } = planned(input, before.person);
    const fields = Object.fromEntries(changedFields(before.person, patch).map(([field, from]) => [field, from]));
    if ('displayName' in fields && !String(fields.displayName ?? '').trim()) {
      delete fields.displayName;
      if (Object.keys(fields).length === 0) return { impossible: { key: 'edit.no-name-undo' } };
    }
    return { operation: 'persons.edit-undo', input: { id: input.id, fields } };
  },
});

/** What `edit.title-done` says of a change: the one field and its new value, `no…` where it was removed, or `several`. */
function savedAs(changes: readonly [string, Json, Json][]): { field: string; to: string } {
  const [[field, , to] = ['', null, null], ...others] = changes;
  if (!field || others.length > 0) return { field: 'several', to: '' };
  return { field: to === null ? (REMOVED[field] ?? field) : field, to: shown(field, to).slice(0, 60) };
}

const REMOVED: Record<string, string> = {
  primaryPhone: 'noPhone',
  primaryEmail: 'noEmail',
  avatarUrl: 'noPicture',
  metadata: 'noMetadata',
};

const FLAGS: Record<string, string> = {
  displayName: 'name',
  primaryPhone: 'phone',
  primaryEmail: 'email',
  avatarUrl: 'avatar',
  metadata: 'metadata',
};

function commandOf(id: string, patch: Record<string, Json>, serverUrl: string) {
  if (Object.values(patch).some((value) => value === null)) {
    return { curl: curlLine('PATCH', serverUrl, `/persons/${id}`, patch), note: { key: 'edit.cli-cannot-clear' } };
  }
  const options = Object.fromEntries(
    Object.entries(patch).map(([field, value]) => [
      FLAGS[field] ?? field,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
  return { omni: omniLine(['persons', 'update', id], options) };
}

function shown(field: string, value: Json): string {
  return field === 'primaryPhone' && typeof value === 'string' ? (phoneText(value) ?? plain(value)) : plain(value);
}

function plain(value: Json): string {
  if (value === null) return '—';
  return typeof value === 'string' ? value || '—' : JSON.stringify(value).slice(0, 300);
}
