import { DAY } from '../world/clock.ts';
import type { SandboxStore } from '../world/database.ts';
import type { Random } from './random.ts';
import type { Sizes } from './sizes.ts';

/** What every part of the seed is given, and what it leaves for the parts after it. */
export type Seeding = {
  store: SandboxStore;
  random: Random;
  sizes: Sizes;
  /** Milliseconds; the seed's own "now". */
  now: number;
  /** Microseconds, so many days before the midnight that began "now"; `extra` microseconds are added. */
  ago(days: number, extra?: number): number;
  people: SeededPerson[];
  places: SeededInstance[];
  agentIds: string[];
  chats: { id: string; instanceId: string; channel: string; type: string }[];
  identities: { id: string; personId: string; instanceId: string; platformUserId: string; name: string | null }[];
};

export type SeededPerson = { id: string; name: string | null; phone: string | null; createdAt: number; known: boolean };
type SeededInstance = { id: string; channel: string };

export function createSeeding(store: SandboxStore, random: Random, sizes: Sizes, now: number): Seeding {
  const midnight = Math.floor(now / DAY) * DAY;
  return {
    store,
    random,
    sizes,
    now,
    ago: (days, extra = 0) => Math.round(midnight - days * DAY) * 1000 + extra,
    people: [],
    places: [],
    agentIds: [],
    chats: [],
    identities: [],
  };
}

/** `knownId('dddddd', 1)` is `dddddd01-0000-4000-8000-000000000001`, as in the recorded cases. */
export function knownId(mark: string, number: number): string {
  const width = 8 - mark.length;
  return `${mark}${String(number).padStart(width, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export const PLACES = {
  whatsapp: '11111111-1111-4111-8111-111111111111',
  discord: '22222222-2222-4222-8222-222222222222',
  telegram: '33333333-3333-4333-8333-333333333333',
} as const;
