import { z } from 'zod';
import { accessRuleBody, type AccessRuleBody } from '#lib/omni/schemas/access.ts';
import { happens, type Effect } from '#lib/operations/effects/effect.ts';
import { momentValue, textValue, thing, wordValue, type Value } from '#lib/operations/effects/value.ts';
import type { EffectPlan, Text } from '#lib/operations/plan/define.ts';
import { calledBy, type PersonRecord } from '#lib/persons/record/person-record.ts';
import {
  accessAt,
  handlesToBlock,
  identitiesAt,
  isCovered,
  lidMayPass,
  priorityOver,
  type AccessThere,
  type NeededHandle,
} from './block-rules.ts';
import type { BlockFacts } from './read-block.ts';

/** Where somebody is blocked (null: everywhere), what they are told (nothing: silently), and until when (null: for good). */
export const blockInput = z.strictObject({
  personId: z.uuid().toLowerCase(),
  instanceId: z.uuid().toLowerCase().nullable(),
  message: z.string().trim().max(1000, 'too_long').default(''),
  until: z.iso.datetime().nullable().default(null),
  reason: z.string().trim().max(500, 'too_long').default(''),
});

export type BlockInput = z.infer<typeof blockInput>;

/** The rule of one handle, as it is created. */
export type BlockRule = AccessRuleBody & { platformUserId: string };

/** The place as a value of a sentence. */
export function placeValue({ instances }: Pick<BlockFacts, 'instances'>, instanceId: string | null): Value {
  if (instanceId === null) return wordValue('everywhere');
  return thing('instance', instanceId, instances.find(({ id }) => id === instanceId)?.name);
}

type Needed = { needed: NeededHandle[]; create: (NeededHandle & { body: BlockRule })[]; priority: number };

/** The rules that are created: none where the same ones keep the person out already; one more beside an outranked one, since it is newer. */
export function rulesOf(input: BlockInput, facts: BlockFacts, record: PersonRecord): Needed {
  const needed = handlesToBlock(record, input.instanceId);
  const priority = priorityOver(facts, needed, input.instanceId);
  const there = accessAt(facts, record, input.instanceId, facts.now);
  const covered =
    there.length > 0 &&
    there.every(({ decision }) => decision.is === 'blocked') &&
    needed.every(({ handle }) => isCovered(facts, handle, input.instanceId, facts.now));
  const create = covered ? [] : needed.map((one) => ({ ...one, body: bodyOf(input, one.handle, priority) }));
  return { needed, create, priority };
}

function bodyOf(input: BlockInput, platformUserId: string, priority: number): BlockRule {
  const { instanceId, personId, message, until, reason } = input;
  const body = accessRuleBody.parse({
    instanceId,
    ruleType: 'deny',
    platformUserId,
    personId,
    action: message ? 'block' : 'silent_block',
    ...(priority > 0 ? { priority } : {}),
    ...(message ? { blockMessage: message } : {}),
    ...(until ? { expiresAt: until } : {}),
    ...(reason ? { reason } : {}),
  });
  return { ...body, platformUserId };
}

/** What blocking somebody does: the rules, who decides before and after, and who else is hit. Pure. */
export function planBlock(
  input: BlockInput,
  facts: BlockFacts,
): Omit<EffectPlan, 'steps'> & { rules: Needed['create'] } {
  const { record } = facts;
  const place = placeValue(facts, input.instanceId);
  const name = record ? thing('person', record.person.id, calledBy(record)) : textValue(input.personId.slice(0, 8));
  const title = { key: 'block.title', values: { name, place } };
  const before = record ? accessAt(facts, record, input.instanceId, facts.now) : [];
  const refusal = refusalOf(input, facts, before);
  if (!record || refusal)
    return { title, effects: [], rules: [], refusal: refusal ?? { key: 'block.nobody' }, relies: input, verb: 'save' };
  const { create, needed } = rulesOf(input, facts, record);
  const after = accessAt(
    { ...facts, rules: [...facts.rules, ...create.map(asRule(newest(facts)))] },
    record,
    input.instanceId,
    facts.now,
  );
  const until = momentValue(input.until, wordValue('never'));
  const effects: Effect[] = [
    ...after.map((one, index) => accessEffect(one, before[index], until)),
    ...create.map(({ handle, form }) =>
      happens('block-rule', { more: { handle: textValue(handle), form, place }, kept: 'yes', back: 'yes' }),
    ),
    ...(input.message
      ? [happens('block-message', { more: { message: textValue(input.message) }, kept: 'yes', back: 'yes' })]
      : []),
    ...facts.others.people.map((one) =>
      happens('block-hits', { of: thing('person', one.id, one.name), kept: 'yes', back: 'yes' }),
    ),
  ];
  return {
    title,
    effects,
    rules: create,
    relies: { ...input, handles: needed.map(({ handle }) => handle), priority: create[0]?.body.priority ?? 0 },
    notes: notesOf(input, facts, record, after),
    ...(create.length === 0 ? { refusal: { key: 'block.covered', values: { name, place } } } : {}),
    verb: 'save',
    opens: name,
  };
}

/** What access decides on an instance afterwards. Not told apart from before where that is the same. */
function accessEffect(
  { instance, handles, decision }: AccessThere,
  before: AccessThere | undefined,
  until: Value,
): Effect {
  const of = thing('instance', instance.id, instance.name);
  const more = {
    handles: { is: 'list' as const, of: handles.map(textValue) },
    until,
    lasts: until.is === 'moment' ? 'until' : 'always',
  };
  const rest = { of, more, back: 'yes' as const };
  if (instance.accessMode === 'disabled') return happens('block-mode-off', { ...rest, kept: 'unknown' });
  if (decision.is === 'unknown') return happens('block-unsure', { ...rest, kept: 'unknown' });
  if (decision.is === 'allowed') return happens('block-in-vain', { ...rest, kept: 'unknown' });
  return happens(before?.decision.is === 'blocked' ? 'block-already' : 'block-messages', { ...rest, kept: 'yes' });
}

function notesOf(
  input: BlockInput,
  { others }: BlockFacts,
  record: PersonRecord,
  after: readonly AccessThere[],
): Text[] {
  return [
    ...(others.people.length > 0 ? [] : [{ key: others.failed ? 'block.hits-failed' : 'block.hits-none' }]),
    ...(lidMayPass(record, input.instanceId) && after.length > 0 ? [{ key: 'block.lid' }] : []),
    { key: 'block.within' },
  ];
}

function refusalOf(input: BlockInput, facts: BlockFacts, before: readonly AccessThere[]): Text | null {
  const { record, now } = facts;
  if (!record) return { key: 'block.nobody' };
  const place = placeValue(facts, input.instanceId);
  const name = thing('person', record.person.id, calledBy(record));
  if (identitiesAt(record, input.instanceId).length === 0) return { key: 'block.no-identity', values: { name, place } };
  if (input.until !== null && Date.parse(input.until) <= now) return { key: 'block.past' };
  if (before.length > 0 && before.every(({ instance }) => instance.accessMode === 'disabled'))
    return { key: 'block.mode-off', values: { place } };
  return null;
}

/** The moment of a rule that is newer than all, by whatever clock the server has; milliseconds since 1970. */
function newest({ rules, now }: BlockFacts): number {
  return Math.max(now, ...rules.map(({ createdAt }) => Date.parse(createdAt) + 1));
}

/** A rule that is to be created, as Omni would compare it then. */
function asRule(now: number) {
  return ({ body }: { body: BlockRule }, index: number) => ({
    id: `new ${index}`,
    instanceId: body.instanceId ?? null,
    ruleType: 'deny',
    phonePattern: null,
    platformUserId: body.platformUserId,
    personId: body.personId ?? null,
    priority: body.priority ?? 0,
    enabled: true,
    reason: null,
    expiresAt: body.expiresAt ?? null,
    action: body.action ?? 'block',
    blockMessage: null,
    createdAt: new Date(now).toISOString(),
    updatedAt: new Date(now).toISOString(),
  });
}
