import type { Route } from '#lib/omni/schemas/routes.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import { resolve, type Answerer, type Resolution } from '#lib/routes/resolve/resolve.ts';
import type { RouteWorld } from '#lib/routes/editor/route-facts.ts';

/**
 * Who is answered by whom before and after. `insider`: somebody with a route of their own in the chat; `elsewhere`: a person
 * wherever no chat route decides.
 */
export type Hand = {
  who: 'chat' | 'insider' | 'elsewhere';
  name: string | null;
  from: string;
  to: string;
  moved: boolean;
};

/** An agent in a sentence; `nobody`, `missing` and `unseen` are put into words where they are shown. */
export function agentText(answerer: Answerer): string {
  if (answerer === null) return 'nobody';
  return typeof answerer.agent === 'object' ? answerer.agent.name : answerer.agent;
}

type Known = Pick<RouteWorld, 'insiders' | 'agents' | 'providers' | 'target'> & { instance: Instance };

/** Whose answers change when a route becomes another one (or comes, or goes: null). */
export function handsOf(world: Known, before: Route | null, after: Route | null): Hand[] {
  const subject = after ?? before;
  if (!subject) return [];
  const { instance, agents, providers, target } = world;
  const insiders = (world.insiders ?? []).map(({ route }) => route);
  const ask = (route: Route | null, chatId: string | null, personId: string | null): Resolution =>
    resolve({ instance, chatId, personId }, route ? [route, ...insiders] : insiders, agents, providers);
  const hand = (who: Hand['who'], name: string | null, chatId: string | null, personId: string | null): Hand => {
    const [was, is] = [ask(before, chatId, personId), ask(after, chatId, personId)];
    const [from, to] = [agentText(was.answerer), agentText(is.answerer)];
    return { who, name, from, to, moved: was.answerer?.id !== is.answerer?.id };
  };
  if (subject.scope !== 'chat') return [hand('elsewhere', target.name, null, subject.personId)];
  const chat = hand('chat', target.name, subject.chatId, null);
  const own = (world.insiders ?? [])
    .filter(({ route }) => route.id !== subject.id)
    .map(({ route, name }) => hand('insider', name, subject.chatId, route.personId));
  return [chat, ...own];
}

/** The hands as sentences: who moves first, or that nobody does. */
export function handTexts(hands: readonly Hand[], world: Pick<RouteWorld, 'chatRoutes'>): Text[] {
  const moved = hands.filter((hand) => hand.moved);
  if (moved.length === 0) return [{ key: 'route.hands-nobody' }];
  const texts = moved.map(({ who, name, from, to }) => ({
    key: `route.hands-${who}`,
    values: { name: name ?? '—', from, to },
  }));
  const bounded = moved.some(({ who }) => who === 'elsewhere') && world.chatRoutes > 0;
  return bounded ? [...texts, { key: 'route.hands-not-in', values: { count: world.chatRoutes } }] : texts;
}
