import type { SandboxStore } from '../world/database.ts';
import { seedAgents } from './agents.ts';
import { seedAudit } from './audit.ts';
import { seedChats } from './chats.ts';
import { seedEveryKind } from './people/every-kind.ts';
import { seedIdentities } from './people/identities.ts';
import { seedKeys } from './keys.ts';
import { seedKnownPeople } from './people/known-people.ts';
import { seedParticipants } from './people/participants.ts';
import { seedPeople } from './people/people.ts';
import { createRandom } from './random.ts';
import { seedRoutes } from './routes.ts';
import { createSeeding } from './seeding.ts';
import { sizesFor } from './sizes.ts';
import { seedStory } from './story.ts';
import { seedTimeline } from './people/timeline.ts';

/** Smaller worlds are of tests that count their people. */
const FEWEST_FOR_EVERY_KIND = 100;

export type WorldSize = { persons: number; seed: number; now: number };

/** Fills an empty schema with a Brazilian shop: the same numbers give the same rows, dates counted back from `now`'s midnight. */
export function fillWorld(store: SandboxStore, { persons, seed, now }: WorldSize): void {
  const seeding = createSeeding(store, createRandom(seed), sizesFor(persons), now);
  store.transaction(() => {
    seedAgents(seeding);
    seedKnownPeople(seeding);
    seedChats(seeding);
    seedStory(seeding);
    seedPeople(seeding);
    seedIdentities(seeding);
    seedParticipants(seeding);
    seedTimeline(seeding);
    seedRoutes(seeding);
    seedKeys(seeding);
    seedAudit(seeding);
    if (persons >= FEWEST_FOR_EVERY_KIND) seedEveryKind(seeding);
  });
}

/** An empty house that can be entered: the demo keys and nothing else. */
export function fillKeysOnly(store: SandboxStore, { seed, now }: WorldSize): void {
  const seeding = createSeeding(store, createRandom(seed), sizesFor(0), now);
  store.transaction(() => seedKeys(seeding));
}
