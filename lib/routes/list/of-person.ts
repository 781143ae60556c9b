import 'server-only';
import { listChats } from '#lib/omni/resources/chats.ts';
import { fanOut, seenOfAnswer } from '#lib/omni/paging/fan-out.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Chat } from '#lib/omni/schemas/chats.ts';
import type { Person } from '#lib/omni/schemas/persons.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { instancesSnapshot, routesSnapshot } from '#lib/omni/cache/snapshot.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { LATE, mapSeen, readSeen, seenOr, valueOf } from '#lib/omni/seen.ts';
import { resolve } from '#lib/routes/resolve/resolve.ts';
import { judge, readVerdictSources, type VerdictReader } from '#lib/routes/verdict/read-verdict.ts';
import type { Verdict } from '#lib/routes/verdict/verdict.ts';

const AT_ONCE = 8;
const DEADLINE_MS = 3000;

/** A person's chat on an instance and who answers there now. `chat` is null where no chat could be found by the handle. */
export type IdentityAnswer = {
  instance: Instance;
  handle: string;
  chat: Chat | null;
  verdict: Verdict;
  by: 'chat' | 'user' | 'default' | null;
};

/** The routes that name a person, who answers each of their identities, and the instances that did not answer in time. */
export type PersonRoutes = {
  routes: { route: Route; instance: Instance }[];
  answered: IdentityAnswer[];
  missing: string[];
};

type Handle = { instanceId: string | null; platformUserId: string };

/**
 * Reads the routes of all instances (15 s snapshots, bounded, late ones named) and judges every identity of a person.
 * Omni has no list of a person's chats: a direct chat is found by its handle where the key may read chats. Where it can't be
 * looked up and chat routes are active, who answers can't be told.
 */
export async function routesOfPerson(
  omni: Omni,
  reader: VerdictReader,
  { id: personId, primaryPhone: phone }: Pick<Person, 'id' | 'primaryPhone'>,
  handles: readonly Handle[],
): Promise<Result<PersonRoutes, OmniError>> {
  const [instances, { agents, providers, access }] = await Promise.all([
    instancesSnapshot(omni),
    readVerdictSources(omni, reader),
  ]);
  if (!instances.ok) return err(instances.error);
  const answers = await fanOut(omni, instances.value, { concurrency: AT_ONCE, deadlineMs: DEADLINE_MS }, (instance) =>
    routesSnapshot(omni, instance.id),
  );
  const refused = answers.find((answer) => answer.state === 'failed' && answer.error.kind === 'forbidden');
  if (refused?.state === 'failed') return err(refused.error);
  const routesOf = new Map(answers.map((answer) => [answer.item.id, seenOfAnswer(answer)]));
  const byId = new Map(instances.value.map((instance) => [instance.id, instance]));
  const answered = await Promise.all(
    handles.map(async ({ instanceId, platformUserId }): Promise<IdentityAnswer | null> => {
      const instance = byId.get(instanceId ?? '');
      if (!instance) return null;
      const chats = await readSeen(reader.scopes, 'chats:read', () =>
        listChats(omni, { instanceId: instance.id, search: platformUserId, limit: 20 }),
      );
      const found = mapSeen(
        chats,
        ({ items }) =>
          items.find(
            ({ externalId, canonicalId }) => externalId === platformUserId || canonicalId === platformUserId,
          ) ?? null,
      );
      const chat = seenOr(found, null);
      const routes = routesOf.get(instance.id) ?? LATE;
      const question = { instance, chatId: chat?.id ?? null, personId };
      const verdict = await judge(omni, reader, {
        instanceId: instance.id,
        instance: valueOf(instance),
        routes,
        agents,
        providers,
        chatId: mapSeen(found, (one) => one?.id ?? null),
        personId,
        writer: { ...access, contacts: valueOf([{ handle: platformUserId, phone }]) },
      });
      const by =
        verdict.is === 'unknown' && verdict.agent === null
          ? null
          : resolve(question, seenOr(routes, []), agents, providers).winner.by;
      return { instance, handle: platformUserId, chat, verdict, by };
    }),
  );
  return ok({
    routes: [...routesOf.values()]
      .flatMap((routes) => seenOr(routes, []))
      .flatMap((route) => {
        const instance = byId.get(route.instanceId);
        return route.personId === personId && instance ? [{ route, instance }] : [];
      }),
    answered: answered.filter((each) => each !== null),
    missing: answers.flatMap((answer) => (answer.state === 'ok' ? [] : [answer.item.name])),
  });
}
