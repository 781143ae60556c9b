import { fold } from '#lib/text/fold.ts';

/** A person as others see them: the visible name, and facts that may tell them from somebody of the same name, the best first. */
export type Named = { id: string; name: string | null; facts: readonly string[] };

/** The first fact that none of the others has; the beginning of the id where there is none. */
export function tellingFact(person: Named, others: readonly Named[] = []): string {
  const theirs = new Set(others.filter(({ id }) => id !== person.id).flatMap(({ facts }) => facts));
  return person.facts.find((fact) => fact !== person.name && !theirs.has(fact)) ?? `${person.id.slice(0, 8)}…`;
}

/** What a person is called beside others: the name, and what tells it apart where another has the same one, or none either. */
export function calledAmong(person: Named, others: readonly Named[], noName: string): string {
  const name = person.name ?? noName;
  const alike = others.some((other) => other.id !== person.id && fold(other.name ?? noName) === fold(name));
  return alike ? `${name} · ${tellingFact(person, others)}` : name;
}
