import { fold } from '#lib/text/fold.ts';
import type { AgentCoverage, CoverageCounts, InstanceCoverage } from './coverage.ts';

/** What coverage can be ordered by, upwards; downwards with `-` in front. */
export const COVERAGE_SORTS = ['name', 'agent', 'chats', 'people', 'inactive', 'nobody', 'defaultOn'] as const;

type SortBy = (typeof COVERAGE_SORTS)[number];

export type CoverageSort = SortBy | `-${SortBy}`;

type Line = { id: string; name: string } & Partial<Pick<InstanceCoverage, 'agent'>> &
  Partial<Pick<AgentCoverage, 'defaultOn'>> & { counts: CoverageCounts | null };

/** Lines in an order; what has no value stands last, upwards and downwards, and equal lines are in the order of their names. */
export function sortCoverage<T extends Line>(lines: readonly T[], sort: CoverageSort): T[] {
  const down = sort.startsWith('-');
  const by = (down ? sort.slice(1) : sort) as SortBy;
  return lines
    .map((line) => ({ line, key: keyOf(line, by), name: fold(line.name) }))
    .toSorted((a, b) => {
      if (a.key === b.key) return a.name < b.name ? -1 : 1;
      if (a.key === null || b.key === null) return a.key === null ? 1 : -1;
      return a.key < b.key === down ? 1 : -1;
    })
    .map(({ line }) => line);
}

function keyOf({ name, agent, defaultOn, counts }: Line, by: SortBy): string | number | null {
  if (by === 'name') return fold(name);
  if (by === 'agent') return agent ? fold(agent.name ?? agent.id) : null;
  if (by === 'defaultOn') return defaultOn ?? null;
  return counts?.[by] ?? null;
}
