import 'server-only';
import { listChats } from '#lib/omni/resources/chats.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Chat } from '#lib/omni/schemas/chats.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { agentsSnapshot, instancesSnapshot, routesSnapshot } from '#lib/omni/cache/snapshot.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { resolve, type Resolution } from '#lib/routes/resolve/resolve.ts';

const AT_ONCE = 8;
const DEADLINE_MS = 3000;

/** Why it can't be told who answers: the instance's routes could not be read, or which chat this is. */
export type CantTell = 'routes-unseen' | 'chat-unseen';

/** A person's chat on an instance and who answers there now. `chat` is null where no chat could be found by the handle. */
export type IdentityAnswer = {
  instance: Instance;
  handle: string;
  chat: Chat | null;
  resolution: Resolution | CantTell;
};

/** The routes that name a person, who answers each of their identities, and the instances that did not answer in time. */
export type PersonRoutes = {
  routes: { route: Route; instance: Instance }[];
  answered: IdentityAnswer[];
  missing: string[];
  agentsUnseen: boolean;
};

type Handle = { instanceId: string | null; platformUserId: string };

/**
 * Reads the routes of all instances (15 s snapshots, bounded, late ones named) and resolves every identity of a person.
 * Omni has no list of a person's chats: a direct chat is found by its handle where the key may read chats. Where it can't be
 * looked up and chat routes are active, who answers can't be told.
 */
export async function routesOfPerson(
  omni: Omni,
  personId: string,
  handles: readonly Handle[],
): Promise<Result<PersonRoutes, OmniError>> {
  const [instances, agents] = await Promise.all([instancesSnapshot(omni), agentsSnapshot(omni)]);
  if (!instances.ok) return err(instances.error);
  const answers = await fanOut(omni, instances.value, { concurrency: AT_ONCE, deadlineMs: DEADLINE_MS }, (instance) =>
    routesSnapshot(omni, instance.id),
  );
  const refused = answers.find((answer) => answer.state === 'failed' && answer.error.kind === 'forbidden');
  if (refused?.state === 'failed') return err(refused.error);
  const routesOf = new Map(
    answers.flatMap((answer) => (answer.state === 'ok' ? [[answer.item.id, answer.value]] : [])),
  );
  const byId = new Map(instances.value.map((instance) => [instance.id, instance]));
  const answered = await Promise.all(
    handles.map(async ({ instanceId, platformUserId }): Promise<IdentityAnswer | null> => {
      const instance = byId.get(instanceId ?? '');
      if (!instance) return null;
      const chats = await listChats(omni, { instanceId: instance.id, search: platformUserId, limit: 20 });
      const chat = chats.ok
        ? (chats.value.items.find(
            ({ externalId, canonicalId }) => externalId === platformUserId || canonicalId === platformUserId,
          ) ?? null)
        : null;
      const routes = routesOf.get(instance.id);
      const chatCounts = routes?.some(({ scope, isActive }) => scope === 'chat' && isActive) ?? true;
      const resolution = !routes
        ? 'routes-unseen'
        : !chats.ok && chatCounts
          ? 'chat-unseen'
          : resolve({ instance, chatId: chat?.id ?? null, personId }, routes, agents.ok ? agents.value : 'unseen');
      return { instance, handle: platformUserId, chat, resolution };
    }),
  );
  return ok({
    routes: [...routesOf.values()].flat().flatMap((route) => {
      const instance = byId.get(route.instanceId);
      return route.personId === personId && instance ? [{ route, instance }] : [];
    }),
    answered: answered.filter((each) => each !== null),
    missing: answers.flatMap((answer) => (answer.state === 'ok' ? [] : [answer.item.name])),
    agentsUnseen: !agents.ok,
  });
}
