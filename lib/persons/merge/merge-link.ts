import { isUuid } from '#lib/omni/door/path.ts';
import type { MergeInput, PersonField } from './merge-facts.ts';

/** What was chosen before two people are joined, besides who they are. */
export type MergeChoices = Pick<MergeInput, 'fields' | 'routes' | 'reason'>;

const FIELDS = ['displayName', 'primaryPhone', 'primaryEmail', 'avatarUrl', 'metadata'] satisfies PersonField[];
const LONGEST_REASON = 300;
const MOST_ROUTES = 50;

/** The address of a merge with its choices, so that whoever may not do it can hand it to who may. */
export function mergeLink(stays: string, goes: string, { fields, routes, reason }: MergeChoices): string {
  const list = (choices: Record<string, string>) =>
    Object.entries(choices)
      .map(([name, choice]) => `${name}.${choice}`)
      .join('~');
  const params = new URLSearchParams({ stays, goes });
  if (Object.keys(fields).length > 0) params.set('fields', list(fields));
  if (Object.keys(routes).length > 0) params.set('routes', list(routes));
  if (reason.trim()) params.set('reason', reason.trim());
  return `/persons/merge?${params}`;
}

/** The choices of an address. Garbage falls away: what is left is what Omni's answers are looked at with anyway. */
export function mergeChoices(params: { [name: string]: string | string[] | undefined }): MergeChoices {
  const text = (name: string) => (typeof params[name] === 'string' ? params[name] : '');
  const pairs = (name: string) =>
    text(name)
      .split('~')
      .map((part) => part.split('.'));
  const fields: MergeChoices['fields'] = {};
  for (const [name, choice] of pairs('fields')) {
    const field = FIELDS.find((known) => known === name);
    if (field && (choice === 'stays' || choice === 'goes')) fields[field] = choice;
  }
  const routes: MergeChoices['routes'] = {};
  for (const [id, choice] of pairs('routes').slice(0, MOST_ROUTES))
    if (isUuid(id) && (choice === 'keep' || choice === 'replace')) routes[id.toLowerCase()] = choice;
  return { fields, routes, reason: text('reason').slice(0, LONGEST_REASON) };
}
