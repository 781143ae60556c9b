import type { MergeGroup } from '#lib/persons/many/merge-many-plan.ts';

/** Two people of a line; `one` is the fuller record. */
type Line = { one: { id: string }; other: { id: string } };

/**
 * Who is merged into whom when these lines are merged together: lines with a person in common are one group, kept is the first line's fuller
 * record.
 */
export function groupsOf(lines: readonly Line[]): MergeGroup[] {
  const groups: { survivor: string; people: Set<string> }[] = [];
  for (const { one, other } of lines) {
    const touched = groups.filter(({ people }) => people.has(one.id) || people.has(other.id));
    const [first = { survivor: one.id, people: new Set<string>() }, ...rest] = touched;
    if (touched.length === 0) groups.push(first);
    for (const id of [one.id, other.id, ...rest.flatMap(({ people }) => [...people])]) first.people.add(id);
    for (const merged of rest) groups.splice(groups.indexOf(merged), 1);
  }
  return groups.map(({ survivor, people }) => ({
    survivor,
    duplicates: [...people].filter((id) => id !== survivor),
  }));
}
