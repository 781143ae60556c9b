import { randomUUID } from 'node:crypto';
import type { SqlRow } from '../../world/database.ts';
import { internalError, notFound } from '../../wire/http-errors.ts';
import { readBody } from '../../wire/input.ts';
import { moveIdentities } from './persons-merge.ts';
import { findRow, insertRow, toWire, updateRow, type Wire } from '../../world/tables.ts';
import { identities, persons } from '../../wire/wire-rows.ts';
import type { World } from '../../world/world.ts';
import type { Api } from '../../wire/call.ts';
import { object, string, uuid } from '../../wire/zod-shapes.ts';

const linkBody = object({ identityA: uuid(), identityB: uuid() });
const unlinkBody = object({ identityId: uuid(), reason: string({ min: 1 }) });

function requireIdentity(world: World, id: string): SqlRow {
  const row = findRow(world.store, identities, id.toLowerCase());
  if (!row) throw notFound('PlatformIdentity', id);
  return row;
}

function createEmptyPerson(world: World): string {
  const id = randomUUID();
  const moment = world.clock.micros();
  insertRow(world.store, persons, { id, createdAt: moment, updatedAt: moment });
  return id;
}

function personWire(world: World, id: string): Wire {
  const row = findRow(world.store, persons, id);
  if (!row) throw notFound('Person', id);
  return toWire(persons, row);
}

export function registerLink(api: Api, world: World): void {
  const { store, clock } = world;
  const attach = (identity: SqlRow, personId: string, rest: Wire = {}) =>
    updateRow(store, identities, String(identity.id), {
      personId,
      linkedBy: 'manual',
      ...rest,
      updatedAt: clock.now() * 1000,
    });

  /** Two identities of two people are a full merge into A's person; the argument order decides (contract §3.2, behaviour D1–D9). */
  api.post('/persons/link', async (call) => {
    const { identityA, identityB } = await readBody(call, linkBody);
    const [a, b] = [requireIdentity(world, identityA), requireIdentity(world, identityB)];
    const [personA, personB] = [a.person_id, b.person_id];
    await world.checkpoint(call, 'link:loaded');
    const answer = (personId: unknown) => call.json({ data: personWire(world, String(personId)) });
    if (personA && personB) {
      const [source, target] = [String(personB), String(personA)];
      if (source !== target) await moveIdentities(world, call, { source, target, reason: null });
      return answer(target);
    }
    if (personA || personB) {
      attach(personA ? b : a, String(personA ?? personB));
      return answer(personA ?? personB);
    }
    if (a.agent_id || b.agent_id) throw internalError();
    const person = createEmptyPerson(world);
    attach(a, person);
    if (a.id !== b.id) attach(b, person);
    return answer(person);
  });

  /**
   * Always a new, empty person; the old one stays, perhaps with nothing left. The person is made before the identity is
   * moved: if that is refused, an orphan remains (contract §3.3, behaviour D10–D15).
   */
  api.post('/persons/unlink', async (call) => {
    const { identityId, reason } = await readBody(call, unlinkBody);
    const identity = requireIdentity(world, identityId);
    if (!identity.person_id && !identity.agent_id) throw internalError();
    const person = createEmptyPerson(world);
    await world.checkpoint(call, 'unlink:created');
    attach(identity, person, { linkReason: reason });
    return call.json({
      data: {
        person: personWire(world, person),
        identity: toWire(identities, requireIdentity(world, identityId)),
      },
    });
  });
}
