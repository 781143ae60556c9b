import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPerson, linkIdentities, mergePersons, patchPerson, unlinkIdentity } from '#lib/omni/resources/persons.ts';
import { notSent } from '#lib/omni/door/local-error.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { personPatch } from '#lib/omni/schemas/persons.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import type { Done, Json, Operation, StepContext } from '#lib/operations/plan/define.ts';
import { findHolder } from '#lib/persons/record/holder.ts';
import { side } from '#lib/persons/merge/merge-read.ts';
import type { Side } from '#lib/persons/merge/merge-facts.ts';

/** An identity as the steps below need it: the handle finds who holds it when an answer was lost. */
export type Handle = { id: string; platformUserId: string };

/** `unlink`: takes an identity off a person. Its result is the id of the new person. */
export type UnlinkArgs = { identity: Handle; from: string; reason: string };

/** `attach`: gives the identity of the person an `unlink` step made to another. `to` names a person, or `toStep` the step that made one. */
export type AttachArgs = { identity: Handle; step: string; to?: string; toStep?: string; reason: string };

/** `write`: fields of a person, or of the one an earlier step made. */
export type WriteArgs = { person?: string; step?: string; fields: { [field: string]: Json } };

type Steps = Pick<Operation['steps'], string>;
type Results = StepContext<unknown, unknown>['results'];

const UNKNOWN: Done = { is: 'unknown' };
const stuck = (key: string): Done => ({ is: 'stuck', why: { key } });

/** Taking identities off people and giving them to others: shared by separating, moving and taking a merge back. */
export const identitySteps = {
  unlink: {
    async run({ args, omni }) {
      const { identity, reason } = args as UnlinkArgs;
      const answer = await unlinkIdentity(omni, { identityId: identity.id, reason });
      return answer.ok ? ok(answer.value.person.id) : answer;
    },
    async done({ args, omni }) {
      const { identity, from } = args as UnlinkArgs;
      const before = await side(omni, from);
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
      const from = made(results, given.step);
      const to = given.to ?? made(results, given.toStep);
      const [source, target] = await Promise.all([side(omni, from), side(omni, to)]);
      if (!source.ok) return source;
      if (!target.ok) return target;
      // A link of two people is a merge of everything the second one has (contract §3.2): it must be the new person, with this and no more.
      if (!holdsOnly(source.value, given.identity) || !target.value) return err(notSent('unplanned_link'));
      return join(omni, given, source.value, target.value);
    },
    async done({ args, results, omni }) {
      const given = args as AttachArgs;
      const from = made(results, given.step);
      const to = given.to ?? made(results, given.toStep);
      const [source, target] = await Promise.all([side(omni, from), side(omni, to)]);
      if (!source.ok || !target.ok) return UNKNOWN;
      if (holds(target.value, given.identity)) return { is: 'yes' };
      if (!target.value) return stuck('move.stuck-target');
      return holdsOnly(source.value, given.identity) ? { is: 'no' } : stuck('move.stuck-changed');
    },
  },
  write: {
    async run({ args, results, omni }) {
      const { person, step, fields } = args as WriteArgs;
      const answer = await patchPerson(omni, person ?? made(results, step), personPatch.parse(fields));
      return answer.ok ? ok(undefined) : answer;
    },
    async done({ args, results, omni }) {
      const { person, step, fields } = args as WriteArgs;
      const now = await getPerson(omni, person ?? made(results, step));
      if (!now.ok) return now.error.kind === 'not_found' ? stuck('edit.gone') : UNKNOWN;
      return { is: hasFields(now.value, fields) ? 'yes' : 'no' };
    },
  },
} satisfies Steps;

/** Omni's link needs an identity of who gets it; somebody without any gets it by a merge, which Omni lets them (behaviour E6). */
async function join(
  omni: Omni,
  { identity, reason }: AttachArgs,
  source: Side | null,
  target: Side,
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

/** The person a step of this run made. */
export function made(results: Results, step: string | undefined): string {
  return String(results[step ?? ''] ?? '');
}

/** Whether a person holds an identity. */
export function holds(person: Side | null, identity: { id: string }): boolean {
  return person?.identities.some(({ id }) => id === identity.id) ?? false;
}

/** Whether a person holds exactly one identity, this one. */
export function holdsOnly(person: Side | null, identity: { id: string }): boolean {
  return person?.identities.length === 1 && holds(person, identity);
}

/** Whether a person's fields are exactly these. */
export function hasFields(person: object, fields: { [field: string]: Json }): boolean {
  const now = person as Record<string, unknown>;
  return Object.entries(fields).every(
    ([field, value]) => canonical((now[field] ?? null) as Json) === canonical(value ?? null),
  );
}
