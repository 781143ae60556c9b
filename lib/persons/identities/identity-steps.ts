import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPerson, linkIdentities, mergePersons, patchPerson, unlinkIdentity } from '#lib/omni/resources/persons.ts';
import { notSent } from '#lib/omni/door/local-error.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { personPatch } from '#lib/omni/schemas/persons.ts';
import type { Done, Json, Operation, StepContext } from '#lib/operations/plan/define.ts';
import { findHolder } from '#lib/persons/record/holder.ts';
import { hasFields, holds, holdsOnly, readPersonRecord, type PersonRecord } from '#lib/persons/record/person-record.ts';

/** An identity as the steps below need it: its handle finds who holds it when an answer was lost. */
export type IdentityRef = { id: string; platformUserId: string };

/** `unlink`: unlinks an identity from a person. Its result is the id of the new person. */
export type UnlinkArgs = { identity: IdentityRef; from: string; reason: string };

/** `attach`: links the identity of the person that the step `step` created to another one: `to`, or whom the step `toStep` created. */
export type AttachArgs = { identity: IdentityRef; step: string; to?: string; toStep?: string; reason: string };

/** `write`: fields of a person, or of whom the step `step` created. */
export type WriteArgs = { person?: string; step?: string; fields: { [field: string]: Json } };

type Steps = Pick<Operation['steps'], string>;
type Results = StepContext<unknown, unknown>['results'];

const UNKNOWN: Done = { is: 'unknown' };
const stuck = (key: string): Done => ({ is: 'stuck', why: { key } });

/** Unlinks identities and links them to other people: the steps that unlink, link and the undo of a merge share. */
export const identitySteps = {
  unlink: {
    creates: true,
    async run({ args, omni }) {
      const { identity, reason } = args as UnlinkArgs;
      const answer = await unlinkIdentity(omni, { identityId: identity.id, reason });
      return answer.ok ? ok(answer.value.person.id) : answer;
    },
    async done({ args, omni }) {
      const { identity, from } = args as UnlinkArgs;
      const before = await readPersonRecord(omni, from);
      if (!before.ok) return UNKNOWN;
      if (holds(before.value, identity)) return { is: 'no' };
      const now = await findHolder(omni, identity, [from]);
      if (!now.ok) return UNKNOWN;
      if (!now.value) return stuck('unlink.stuck-lost');
      return holdsOnly(now.value, identity)
        ? { is: 'yes', result: now.value.person.id }
        : stuck('unlink.stuck-elsewhere');
    },
  },
  attach: {
    async run({ args, results, omni }) {
      const given = args as AttachArgs;
      const from = createdBy(results, given.step);
      const to = given.to ?? createdBy(results, given.toStep);
      const [source, target] = await Promise.all([readPersonRecord(omni, from), readPersonRecord(omni, to)]);
      if (!source.ok) return source;
      if (!target.ok) return target;
      // Omni's link merges the second person whole (contract §3.2): it must be the new one, with this identity only.
      if (!holdsOnly(source.value, given.identity) || !target.value) return err(notSent('unplanned_link'));
      return attach(omni, given, source.value, target.value);
    },
    async done({ args, results, omni }) {
      const given = args as AttachArgs;
      const from = createdBy(results, given.step);
      const to = given.to ?? createdBy(results, given.toStep);
      const [source, target] = await Promise.all([readPersonRecord(omni, from), readPersonRecord(omni, to)]);
      if (!source.ok || !target.ok) return UNKNOWN;
      if (holds(target.value, given.identity)) return { is: 'yes' };
      if (!target.value) return stuck('link.stuck-target');
      return holdsOnly(source.value, given.identity) ? { is: 'no' } : stuck('link.stuck-changed');
    },
  },
  write: {
    async run({ args, results, omni }) {
      const { person, step, fields } = args as WriteArgs;
      const answer = await patchPerson(omni, person ?? createdBy(results, step), personPatch.parse(fields));
      return answer.ok ? ok(undefined) : answer;
    },
    async done({ args, results, omni }) {
      const { person, step, fields } = args as WriteArgs;
      const now = await getPerson(omni, person ?? createdBy(results, step));
      if (!now.ok) return now.error.kind === 'not_found' ? stuck('edit.gone') : UNKNOWN;
      return { is: hasFields(now.value, fields) ? 'yes' : 'no' };
    },
  },
} satisfies Steps;

/** Omni's link needs an identity of the target; a target without any gets it by a merge of the new person into them (behaviour E6). */
async function attach(
  omni: Omni,
  { identity, reason }: AttachArgs,
  source: PersonRecord | null,
  target: PersonRecord,
): Promise<Result<undefined, OmniError>> {
  const [first] = target.identities.map(({ id }) => id).sort();
  const answer = first
    ? await linkIdentities(
        omni,
        { identityA: first, identityB: identity.id },
        { secondPersonHasOthers: source?.identities.length !== 1, planIsMerge: false },
      )
    : await mergePersons(omni, {
        sourcePersonId: source?.person.id ?? '',
        targetPersonId: target.person.id,
        ...(reason ? { reason } : {}),
      });
  return answer.ok ? ok(undefined) : answer;
}

/** The id of the person that a step of this run created. */
export function createdBy(results: Results, step: string | undefined): string {
  return String(results[step ?? ''] ?? '');
}
