import 'server-only';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { searchPersons } from '#lib/omni/resources/persons.ts';
import { GENERATIONS, type OmniGeneration } from '#lib/scopes/generations.ts';
import { allows } from '#lib/scopes/scopes.ts';
import type { ListedRule } from './listed-rule.ts';
import { beforeAt } from './match.ts';

/** Omni is asked about at most so many rules, so many at once, and no longer than this. */
const MOST = 60;
const AT_ONCE = 6;
const DEADLINE_MS = 2000;
/** Shorter texts stand in many handles. */
const SHORTEST = 4;

/** The rules that fit no handle Omni has, and how many could not be checked. */
export type FitsNobody = { ids: ReadonlySet<string>; unchecked: number };

/**
 * Of rules that could decide, those that fit nobody: Omni's search finds every handle that holds a text (contract §3), so where it finds none
 * that holds what a rule names outright, no rule of it can fit. A hit proves nothing and is not told. In February the search looked
 * through no handles (contract §9): nothing is told there. Scope `persons:read`.
 */
export async function rulesThatFitNobody(
  omni: Omni,
  { scopes, generation }: { scopes: readonly string[] | null; generation: OmniGeneration },
  rules: readonly ListedRule[],
): Promise<FitsNobody> {
  const asked = rules.filter(({ state }) => state === 'decides').map((rule) => ({ id: rule.id, texts: namedBy(rule) }));
  const open = asked.filter(({ texts }) => texts.every((text) => text.length >= SHORTEST));
  const may = allows(scopes, 'persons:read') !== 'no' && GENERATIONS[generation].searchFindsHandles;
  if (!may) return { ids: new Set(), unchecked: open.length };
  const now = open.slice(0, MOST);
  const texts = [...new Set(now.flatMap((one) => one.texts))];
  const found = await fanOut(omni, texts, { concurrency: AT_ONCE, deadlineMs: DEADLINE_MS }, (search, signal) =>
    searchPersons(omni, { search, limit: 1 }, signal),
  );
  const hits = new Map(found.map((one) => [one.item, one.state === 'ok' ? one.value.items.length : null]));
  const nobody = now.filter((one) => one.texts.every((text) => hits.get(text) === 0));
  const unknown = now.filter((one) => one.texts.some((text) => hits.get(text) === null) && !nobody.includes(one));
  return { ids: new Set(nobody.map(({ id }) => id)), unchecked: unknown.length + open.length - now.length };
}

/** What must stand in a handle for a rule to fit it: of several, one of them. `%` and `_` are wildcards of Omni's search. */
function namedBy({ handle, phone }: ListedRule): string[] {
  const parts = phone === null ? [] : [phone.replace(/^\+/, '').split('*').reduce(longer, '')];
  return [...(handle === null ? [] : [beforeAt(handle)]), ...parts].map((text) =>
    text.split(/[%_]/).reduce(longer, ''),
  );
}

const longer = (one: string, other: string) => (other.length > one.length ? other : one);
