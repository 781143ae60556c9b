import 'server-only';
import { z } from 'zod';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getRoute, patchRoute } from '#lib/omni/resources/routes.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { seenOr } from '#lib/omni/seen.ts';
import { routePatch, type Route } from '#lib/omni/schemas/routes.ts';
import { asJson, defineOperation, step, type Json, type Undo, type UndoContext } from '#lib/operations/plan/define.ts';
import { editCommand } from '#lib/routes/editor/command.ts';
import { changesIn, fieldsOf } from '#lib/routes/editor/route-fields.ts';
import { planBulkEdit, type BulkEditFacts } from './bulk-edit-plan.ts';
import { listsOf, readBulk } from './bulk-facts.ts';
import { MOST_CHANGED } from './limits.ts';
import { manyChange, patchOf } from './many-change.ts';

const uuid = z.uuid().toLowerCase();
const ref = { instanceId: uuid, id: uuid };
const input = z.strictObject({
  change: manyChange,
  routes: z.array(z.strictObject(ref)).min(1).max(MOST_CHANGED, 'too_many_rows'),
});
type Input = z.infer<typeof input>;

async function read(
  { change, routes }: Input,
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<Result<BulkEditFacts, OmniError>> {
  const agentIds = change.to === 'agent' ? [change.agentId, ...(change.from ? [change.from] : [])] : [];
  const changeFor: Parameters<typeof readBulk>[0] = (instance) => (route) => {
    const one = patchOf(change, route, instance);
    return one.is === 'patch' ? ({ ...route, ...one.patch } as Route) : route;
  };
  const read = await readBulk(changeFor, routes, omni, scopes, agentIds);
  if (!read.ok) return read;
  const { facts, found, instanceOf, agents } = read.value;
  return ok({
    ...facts,
    serverUrl: omni.server.url,
    patches: Object.fromEntries(found.map((route) => [route.id, patchOf(change, route, instanceOf(route.instanceId))])),
    agentNames: Object.fromEntries(
      seenOr(agents, [])
        .filter(({ id }) => agentIds.includes(id.toLowerCase()))
        .map(({ id, name }) => [id.toLowerCase(), name]),
    ),
    agentsSeen: agents.is === 'value',
    instancesSeen: routes.every(({ instanceId }) => instanceOf(instanceId).is === 'value'),
  });
}

const args = z.strictObject({ ...ref, patch: routePatch });

/** One PATCH with only what changes, if what it changes is still as it was when it was planned. */
const patch = step<Input, BulkEditFacts, z.infer<typeof args>>({
  kind: 'patch',
  args,
  independent: true,
  async still({ args: { instanceId, id, patch: wanted }, before, omni }) {
    const now = await getRoute(omni, instanceId, id);
    if (!now.ok) return now.error.kind === 'not_found' ? ok({ key: 'route.gone' }) : now;
    const was = valuesOf(before, id, wanted);
    return ok(changesIn(fieldsOf(now.value), was).length > 0 ? { key: 'route.moved' } : null);
  },
  async run({ args: { instanceId, id, patch: wanted }, omni }) {
    const done = await patchRoute(omni, instanceId, id, wanted);
    return done.ok ? ok(true) : done;
  },
  async done({ args: { instanceId, id, patch: wanted }, omni }) {
    const now = await getRoute(omni, instanceId, id);
    if (!now.ok)
      return now.error.kind === 'not_found' ? { is: 'stuck', why: { key: 'route.gone' } } : { is: 'unknown' };
    return changesIn(fieldsOf(now.value), wanted).length === 0 ? { is: 'yes', result: true } : { is: 'no' };
  },
  command: ({ args: { instanceId, id, patch: wanted }, before }) =>
    editCommand(before.serverUrl, instanceId, id, wanted),
});

/** What the fields of a patch were before it. */
function valuesOf({ routes }: BulkEditFacts, id: string, wanted: object): { [field: string]: Json } {
  const kept = routes.find((route) => route.id === id);
  const fields: { [field: string]: Json } = kept ? fieldsOf(kept.content) : {};
  return Object.fromEntries(Object.keys(wanted).map((field) => [field, fields[field] ?? null]));
}

/**
 * Gives several routes another agent, one override, or the inherited values where theirs are the same: one PATCH each, which none of
 * the others waits for. Refused steps can be tried again; undo writes the old values where the new ones are still there.
 */
export const bulkEditRoutes = defineOperation<Input, BulkEditFacts>({
  name: 'routes.bulk-edit',
  scopes: ['routes:write', 'routes:read', 'instances:read'],
  input,
  subjects: ({ routes }) => routes.map(({ id }) => `route:${id}`),
  read,
  plan: ({ change }, facts) =>
    planBulkEdit(change, facts, (route, title, wanted) =>
      patch.planned(route.id, title, { instanceId: route.instanceId, id: route.id, patch: wanted }),
    ),
  steps: { patch },
  async verify({ before, omni, results }) {
    const changed = before.routes.filter(({ id }) => id in results);
    const lists = await listsOf(omni, [...new Set(changed.map(({ instanceId }) => instanceId))]);
    const now = new Map(lists.ok ? [...lists.value.values()].flat().map((route) => [route.id, route]) : []);
    const held = changed.every(({ id }) => {
      const [route, one] = [now.get(id), before.patches[id]];
      return route !== undefined && one?.is === 'patch' && changesIn(fieldsOf(route), one.patch).length === 0;
    });
    return [{ text: { key: 'bulk-edit.checked', values: { count: changed.length } }, held: lists.ok ? held : null }];
  },
  undo: writeBack,
  undoPartly: writeBack,
});

function writeBack({ before, results }: UndoContext<Input, BulkEditFacts>): Undo {
  const each = before.routes.flatMap(({ id }) => {
    const one = before.patches[id];
    if (!(id in results) || one?.is !== 'patch') return [];
    const changes = Object.entries(valuesOf(before, id, one.patch)).filter(
      ([field, from]) => routePatch.safeParse({ [field]: from }).success,
    );
    if (changes.length === 0) return [];
    const expects = changes.map(([field]) => [field, asJson(one.patch[field as keyof typeof one.patch])]);
    return [{ id, expects: Object.fromEntries(expects), changes: Object.fromEntries(changes) }];
  });
  const written = new Set(each.map(({ id }) => id));
  const routes = before.routes.filter(({ id }) => written.has(id)).map(({ id, instanceId }) => ({ id, instanceId }));
  if (routes.length === 0) return { impossible: { key: 'route.no-undo' } };
  return { operation: 'routes.bulk-edit', input: asJson({ change: { to: 'back', each }, routes }) };
}
