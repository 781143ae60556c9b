import 'server-only';
import { z } from 'zod';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPerson, linkIdentities, mergePersons, patchPerson, unlinkIdentity } from '#lib/omni/resources/persons.ts';
import { notSent } from '#lib/omni/door/local-error.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { personPatch } from '#lib/omni/schemas/persons.ts';
import { step, type Done, type StepContext } from '#lib/operations/plan/define.ts';
import { curlLine, omniLine } from '#lib/operations/plan/shell.ts';
import { findHolder } from '#lib/persons/record/holder.ts';
import { hasFields, holds, holdsOnly, readPersonRecord, type PersonRecord } from '#lib/persons/record/person-record.ts';
import { jsonObject } from '#lib/omni/json.ts';

type Results = StepContext['results'];
type OnServer = { serverUrl?: string };

const UNKNOWN: Done = { is: 'unknown' };
const stuck = (key: string): Done => ({ is: 'stuck', why: { key } });

/** The handle finds who holds an identity when an answer was lost. */
const identity = z.object({ id: z.string(), platformUserId: z.string() });
const unlinked = z.object({ identity, from: z.string(), reason: z.string() });
type Unlinked = z.infer<typeof unlinked>;

/**
 * The identity of the person that the step `step` created, for another one: `to`, or whom the step `toStep` created. `beside`: an identity
 * that the other one has by then, for the line that does the same; null where there is none.
 */
const attached = z.object({
  identity,
  step: z.string(),
  to: z.string().optional(),
  toStep: z.string().optional(),
  reason: z.string(),
  beside: z.string().nullish(),
});
type Attached = z.infer<typeof attached>;

/** Fields of a person, or of whom the step `step` created. */
const written = z.object({
  person: z.string().optional(),
  step: z.string().optional(),
  fields: jsonObject,
});
type Written = z.infer<typeof written>;

/** Unlinks an identity from a person. Its result is the id of the new person. */
export const unlinkStep = step<unknown, OnServer, Unlinked>({
  kind: 'unlink',
  args: unlinked,
  creates: true,
  async run({ args: { identity: one, reason }, omni }) {
    const answer = await unlinkIdentity(omni, { identityId: one.id, reason });
    return answer.ok ? ok(await holderNow(omni, one, answer.value.person.id)) : answer;
  },
  async done({ args: { identity: one, from }, omni }) {
    const before = await readPersonRecord(omni, from);
    if (!before.ok) return UNKNOWN;
    if (holds(before.value, one)) return { is: 'no' };
    const now = await findHolder(omni, one, [from]);
    if (!now.ok) return UNKNOWN;
    if (!now.value) return stuck('unlink.stuck-lost');
    return holdsOnly(now.value, one) ? { is: 'yes', result: now.value.person.id } : stuck('unlink.stuck-elsewhere');
  },
  command: ({ args: { identity: one, reason }, before }) =>
    curlLine('POST', before.serverUrl ?? '', '/persons/unlink', { identityId: one.id, reason }),
  createdAt: '.data.person.id',
});

/** Who has the identity after an unlink: another new person than the answer says where the network sent the request twice. */
async function holderNow(omni: Omni, one: { id: string; platformUserId: string }, answered: string): Promise<string> {
  const record = await readPersonRecord(omni, answered);
  if (!record.ok || holds(record.value, one)) return answered;
  const now = await findHolder(omni, one, [answered]);
  return now.ok && holdsOnly(now.value, one) ? (now.value?.person.id ?? answered) : answered;
}

/** Links the identity of the person that an earlier step created to another one. */
export const attachStep = step<unknown, OnServer, Attached>({
  kind: 'attach',
  args: attached,
  async run({ args, results, omni }) {
    const from = createdBy(results, args.step);
    const to = args.to ?? createdBy(results, args.toStep);
    const [source, target] = await Promise.all([readPersonRecord(omni, from), readPersonRecord(omni, to)]);
    if (!source.ok) return source;
    if (!target.ok) return target;
    // Omni's link merges the second person whole (contract §3.2): it must be the new one, with this identity only.
    if (!holdsOnly(source.value, args.identity) || !target.value) return err(notSent('unplanned_link'));
    return attach(omni, args, source.value, target.value);
  },
  async done({ args, results, omni }) {
    const from = createdBy(results, args.step);
    const to = args.to ?? createdBy(results, args.toStep);
    const [source, target] = await Promise.all([readPersonRecord(omni, from), readPersonRecord(omni, to)]);
    if (!source.ok || !target.ok) return UNKNOWN;
    if (holds(target.value, args.identity)) return { is: 'yes' };
    if (!target.value) return stuck('link.stuck-target');
    return holdsOnly(source.value, args.identity) ? { is: 'no' } : stuck('link.stuck-changed');
  },
  command({ args, before, created }) {
    const serverUrl = before.serverUrl ?? '';
    if (args.beside)
      return curlLine('POST', serverUrl, '/persons/link', { identityA: args.beside, identityB: args.identity.id });
    return curlLine('POST', serverUrl, '/persons/merge', {
      sourcePersonId: created(args.step),
      targetPersonId: args.to ?? created(args.toStep ?? ''),
      reason: args.reason,
    });
  },
});

/** Writes fields of a person. */
export const writeStep = step<unknown, OnServer, Written>({
  kind: 'write',
  args: written,
  async run({ args: { person, step: from, fields }, results, omni }) {
    const answer = await patchPerson(omni, person ?? createdBy(results, from), personPatch.parse(fields));
    return answer.ok ? ok(undefined) : answer;
  },
  async done({ args: { person, step: from, fields }, results, omni }) {
    const now = await getPerson(omni, person ?? createdBy(results, from));
    if (!now.ok) return now.error.kind === 'not_found' ? stuck('edit.gone') : UNKNOWN;
    return { is: hasFields(now.value, fields) ? 'yes' : 'no' };
  },
  command: ({ args: { person, step: from, fields }, before, created }) =>
    person === undefined
      ? curlLine('PATCH', before.serverUrl ?? '', `/persons/${created(from ?? '')}`, fields)
      : personCommand(before.serverUrl ?? '', person, fields),
});

/** The steps that unlink, link and the undo of a merge share. */
export const identitySteps = { unlink: unlinkStep, attach: attachStep, write: writeStep };

/** Omni's link needs an identity of the target; a target without any gets it by a merge of the new person into them (behaviour E6). */
async function attach(
  omni: Omni,
  { identity: one, reason }: Attached,
  source: PersonRecord | null,
  target: PersonRecord,
): Promise<Result<undefined, OmniError>> {
  const [first] = target.identities.map(({ id }) => id).sort();
  const answer = first
    ? await linkIdentities(
        omni,
        { identityA: first, identityB: one.id },
        { secondPersonHasOthers: source?.identities.length !== 1, planIsMerge: false },
      )
    : await mergePersons(omni, {
        sourcePersonId: source?.person.id ?? '',
        targetPersonId: target.person.id,
        ...(reason ? { reason } : {}),
      });
  return answer.ok ? ok(undefined) : answer;
}

/** The id of what a step of this run created. */
export function createdBy(results: Results, stepId: string | undefined): string {
  return String(results[stepId ?? ''] ?? '');
}

const FLAGS: Record<string, string> = {
  displayName: 'name',
  primaryPhone: 'phone',
  primaryEmail: 'email',
  avatarUrl: 'avatar',
  metadata: 'metadata',
};

/** The line that writes fields of a person. The command line can't clear one. */
export function personCommand(serverUrl: string, id: string, fields: { [field: string]: unknown }): string {
  if (Object.values(fields).includes(null)) return curlLine('PATCH', serverUrl, `/persons/${id}`, fields);
  const options = Object.entries(fields).map(([field, value]) => [
    FLAGS[field] ?? field,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return omniLine(['persons', 'update', id], Object.fromEntries(options));
}
