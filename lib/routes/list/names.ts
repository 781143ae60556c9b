import 'server-only';
import { getChat, listChats } from '#lib/omni/resources/chats.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPerson } from '#lib/omni/resources/persons.ts';
import { processWide } from '#lib/process-wide.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { notSeenOf, type NotSeen } from '#lib/omni/seen.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { nameOfChat, nameOfPerson, unnamed, type RouteName } from './route-name.ts';

/** The chat or person of a route, by id, on the route's instance. */
export type TargetRef = { scope: 'chat' | 'user'; id: string; instanceId: string };

const LIFE_MS = 60_000;
const MOST_CACHED = 20_000;
const AT_ONCE = 8;
/** From so many chats of one instance on, its newest hundred are asked for at once; older Omnis list no more (contract §1.6). */
const WORTH_A_LIST = 3;
const CHATS = 100;

type CachedName = { at: number; name: RouteName };
/** `onlyLists`: nothing is asked for one by one. */
type Options = {
  signal?: AbortSignal;
  deadlineMs?: number;
  onName?: (name: RouteName) => void;
  onlyLists?: boolean;
};

const cache = () => processWide('route-names', () => new Map<string, CachedName>());
const keyOf = (omni: Omni, id: string) => `${omni.server.url}\n${omni.keyRef}\n${id}`;

function cachedName(omni: Omni, id: string): RouteName | undefined {
  const cached = cache().get(keyOf(omni, id));
  return cached && Date.now() - cached.at < LIFE_MS ? cached.name : undefined;
}

/** The names that are known already, from at most 60 s ago. Nothing is asked for. */
export function cachedNames(omni: Omni, targets: readonly Pick<TargetRef, 'id'>[]): Map<string, RouteName> {
  return new Map(
    targets.flatMap(({ id }) => {
      const name = cachedName(omni, id);
      return name ? [[id, name] as const] : [];
    }),
  );
}

/**
 * Names of chats and persons by their ids, from at most 60 s ago. Omni has no call for many of them: chats come by a list
 * per instance where that is worth it, the others one by one, within the key's budget. What the key may not read isn't
 * asked for; what does not come in time is left out.
 */
export async function readNames(
  omni: Omni,
  scopes: readonly string[] | null,
  targets: readonly TargetRef[],
  options: Options = {},
): Promise<Map<string, RouteName>> {
  const names = new Map<string, RouteName>();
  const found = (name: RouteName) => {
    if (names.has(name.id)) return;
    names.set(name.id, name);
    options.onName?.(name);
  };
  const wanted = new Map<string, TargetRef>();
  for (const target of targets) {
    const cached = cachedName(omni, target.id);
    if (cached) found(cached);
    else if (allows(scopes, target.scope === 'chat' ? 'chats:read' : 'persons:read') !== 'no')
      wanted.set(target.id, target);
  }
  const { signal, deadlineMs } = options;
  const started = Date.now();
  const limits = () => ({
    concurrency: AT_ONCE,
    ...(signal ? { signal } : {}),
    ...(deadlineMs === undefined ? {} : { deadlineMs: Math.max(1, deadlineMs - (Date.now() - started)) }),
  });
  const groups = Map.groupBy(
    [...wanted.values()].filter(({ scope }) => scope === 'chat'),
    ({ instanceId }) => instanceId,
  );
  const lists = [...groups].flatMap(([id, chats]) => (chats.length >= WORTH_A_LIST ? [id] : []));
  await fanOut(omni, lists, limits(), async (instanceId, stop) => {
    const page = await listChats(omni, { instanceId, limit: CHATS, includeArchived: true }, stop);
    for (const chat of page.ok ? page.value.items : []) {
      remember(omni, nameOfChat(chat));
      if (wanted.delete(chat.id)) found(nameOfChat(chat));
    }
    return page;
  });
  if (options.onlyLists) return names;
  let refused: { [scope in TargetRef['scope']]?: NotSeen } = {};
  await fanOut(
    omni,
    [...wanted.values()],
    limits(),
    async ({ id, scope }, stop): Promise<Result<RouteName | null, OmniError>> => {
      if (refused[scope]) {
        found(unnamed(id, 'failed', refused[scope]));
        return ok(null);
      }
      const answer = scope === 'chat' ? await chatName(omni, id, stop) : await personName(omni, id, stop);
      if (stop.aborted && !answer.ok) return answer;
      if (answer.ok) remember(omni, answer.value);
      const why = answer.ok ? undefined : notSeenOf(answer.error);
      if (!answer.ok && answer.error.kind === 'forbidden') refused = { ...refused, [scope]: why };
      found(answer.ok ? answer.value : unnamed(id, 'failed', why));
      return answer;
    },
  );
  return names;
}

/**
 * Ids of chats that Omni finds by a text, at most a hundred, those that `fits` accepts: for names that no page has loaded yet.
 * Scope `chats:read`.
 */
export async function findChats(
  omni: Omni,
  text: string,
  fits: (name: RouteName) => boolean,
  signal?: AbortSignal,
): Promise<{ ids: string[]; missed: 'nothing' | 'limit' | 'failed' }> {
  const chats = await listChats(omni, { search: text, limit: CHATS, includeArchived: true }, signal);
  if (!chats.ok) return { ids: [], missed: 'failed' };
  const names = chats.value.items.map(nameOfChat);
  for (const name of names) remember(omni, name);
  return { ids: names.filter(fits).map(({ id }) => id), missed: names.length >= CHATS ? 'limit' : 'nothing' };
}

type NameAnswer = Promise<Result<RouteName, OmniError>>;

async function chatName(omni: Omni, id: string, signal: AbortSignal): NameAnswer {
  const answer = await getChat(omni, id, signal);
  return answer.ok ? ok(nameOfChat(answer.value)) : goneOr(answer, id);
}

async function personName(omni: Omni, id: string, signal: AbortSignal): NameAnswer {
  const answer = await getPerson(omni, id, signal);
  return answer.ok ? ok(nameOfPerson(answer.value)) : goneOr(answer, id);
}

function goneOr(answer: { ok: false; error: OmniError }, id: string): Result<RouteName, OmniError> {
  return answer.error.kind === 'not_found' ? ok(unnamed(id, 'gone')) : answer;
}

function remember(omni: Omni, name: RouteName): void {
  const all = cache();
  const key = keyOf(omni, name.id);
  all.delete(key);
  all.set(key, { at: Date.now(), name });
  const [oldest] = all.keys();
  if (all.size > MOST_CACHED && oldest !== undefined) all.delete(oldest);
}
