import { isUuid } from '#lib/omni/door/path.ts';
import type { MergeInput, PersonField } from './merge-facts.ts';

/** What somebody chose for a merge, besides who is merged. */
export type MergeChoices = Pick<MergeInput, 'fields' | 'routes' | 'reason'>;

const FIELDS = ['displayName', 'primaryPhone', 'primaryEmail', 'avatarUrl', 'metadata'] satisfies PersonField[];
/** Characters somebody can type; an action takes 500. */
export const LONGEST_REASON = 300;
const MOST_ROUTES = 50;

/** The address of a merge with its choices, so that somebody whose key can't do it can send it to an admin. */
export function mergeAddress(survivor: string, duplicate: string, { fields, routes, reason }: MergeChoices): string {
  const list = (choices: Record<string, string>) =>
    Object.entries(choices)
      .map(([name, choice]) => `${name}.${choice}`)
      .join('~');
  const query = new URLSearchParams({ into: survivor, from: duplicate });
  if (Object.keys(fields).length > 0) query.set('fields', list(fields));
  if (Object.keys(routes).length > 0) query.set('routes', list(routes));
  if (reason.trim()) query.set('reason', reason.trim());
  return `/persons/merge?${query}`;
}

/** The choices in an address; what is no choice is left out. */
export function mergeChoices(params: { [name: string]: string | string[] | undefined }): MergeChoices {
  const text = (name: string) => (typeof params[name] === 'string' ? params[name] : '');
  const pairs = (name: string) =>
    text(name)
      .split('~')
      .map((part) => part.split('.'));
  const fields: MergeChoices['fields'] = {};
  for (const [name, choice] of pairs('fields')) {
    const field = FIELDS.find((known) => known === name);
    if (field && (choice === 'survivor' || choice === 'duplicate')) fields[field] = choice;
  }
  const routes: MergeChoices['routes'] = {};
  for (const [id, choice] of pairs('routes').slice(0, MOST_ROUTES))
    if (isUuid(id) && (choice === 'keep' || choice === 'replace')) routes[id.toLowerCase()] = choice;
  return { fields, routes, reason: text('reason').slice(0, LONGEST_REASON) };
}

/** Names that addresses of a merge had before: today's. */
const OLD_NAMES: Readonly<Record<string, string>> = { stays: 'into', goes: 'from' };

/** Today's address of a merge for one with the names of before, or null where the address has none of them. */
export function mergeAddressToday(params: { [name: string]: string | string[] | undefined }): string | null {
  if (!Object.keys(params).some((name) => name in OLD_NAMES)) return null;
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(params))
    for (const value of [values ?? []].flat())
      query.append(
        OLD_NAMES[name] ?? name,
        name === 'fields' ? value.replaceAll('.stays', '.survivor').replaceAll('.goes', '.duplicate') : value,
      );
  return `/persons/merge?${query}`;
}
