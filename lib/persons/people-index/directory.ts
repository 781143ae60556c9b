import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { listPersons } from '#lib/omni/resources/persons.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import {
  directoryNamed,
  held,
  proofOf,
  type DirectoryPause,
  type DirectoryReader,
  type HeldDirectory,
  type ListProof,
} from './directories.ts';
import type { PeopleIndex } from './people-index.ts';
import { startWalk, stopWalk } from './walk-directory.ts';

/**
 * How far a directory has come. `count`: people in it; all of them once it is `whole`. `asOf`: when it was last walked whole
 * (milliseconds since 1970). `walking`: it is being walked now. `why`: why not. `crowded`: more than a hundred people were added in
 * one millisecond, so some may be missing.
 */
export type DirectoryState = {
  count: number;
  whole: boolean;
  asOf: number | null;
  walking: boolean;
  why: DirectoryPause['is'] | null;
  crowded: boolean;
};

export type KnownDirectory = { people: PeopleIndex; state: DirectoryState };

/** After so long its newest people are read again while it is used, and after so long all of it; milliseconds. */
const FRESH_FOR = 20_000;
const WHOLE_FOR = 10 * 60_000;
const AGAIN_AFTER = 10_000;
const PAGE = 100;
const PAGE_MS = 5_000;

/** Reads the newest people with the reader's own key: what it is served of proves itself by that. */
function readNewest({ omni }: DirectoryReader) {
  return listPersons(omni, { limit: PAGE }, AbortSignal.timeout(PAGE_MS));
}

/**
 * The directory that a reader may see, as far as it has come; it is walked where that is due. The reader's key must have been answered
 * the list of people within the last minute, or is asked to prove it now; what Omni refuses is refused here. Scope `persons:read`.
 */
export async function openDirectory(reader: DirectoryReader): Promise<Result<KnownDirectory, OmniError>> {
  if (!proofOf(reader.omni)) {
    const newest = await readNewest(reader);
    if (!newest.ok) return err(newest.error);
  }
  const proof = proofOf(reader.omni);
  // A refusal that came meanwhile took the proof away.
  if (!proof) return err({ kind: 'unauthorized', requestId: 'not-sent' });
  const directory = directoryNamed(reader.omni, proof);
  directory.readers.set(reader.sid, reader);
  walkWhereDue(directory);
  if (!directory.walk) directory.readers.clear();
  await refresh(directory, reader, proof);
  return ok({ people: directory.people, state: stateOf(directory) });
}

/** The directory of a reader whose key has proved within the last minute that it may read it; null without asking Omni. */
export function knownDirectory(reader: Pick<DirectoryReader, 'omni'>): KnownDirectory | null {
  const proof = proofOf(reader.omni);
  const directory = proof && held().directories.get(proof.directory);
  return directory ? { people: directory.people, state: stateOf(directory) } : null;
}

/** Stops the walk of a reader's directory, or lets it go on. Nothing happens where the reader's key proves nothing. */
export function steerWalk(reader: DirectoryReader, to: 'stop' | 'go-on'): void {
  const proof = proofOf(reader.omni);
  const directory = proof && held().directories.get(proof.directory);
  if (!directory) return;
  if (to === 'stop') return stopWalk(directory);
  directory.readers.set(reader.sid, reader);
  startWalk(directory);
}

/** Reads the newest people again where they are old, or where another console has changed something; no reader waits for that. */
async function refresh(directory: HeldDirectory, reader: DirectoryReader, proof: ListProof): Promise<void> {
  const writes = (await reader.omni.writes?.('people')) ?? 0;
  const now = performance.now();
  const due = now - directory.freshAt >= FRESH_FOR || writes > directory.writes || now - proof.at >= FRESH_FOR;
  directory.writes = Math.max(directory.writes, writes);
  if (!due) return;
  const changed = directory.freshAt === Number.NEGATIVE_INFINITY && !directory.walk;
  // Who asks meanwhile does not ask again.
  directory.freshAt = Math.max(directory.freshAt, now - FRESH_FOR + 1000);
  const newest = readNewest(reader);
  // A change of this console's is seen at once: it may have made somebody.
  if (changed) await newest;
}

function walkWhereDue(directory: HeldDirectory): void {
  const { asOf, why } = directory;
  if (why?.is === 'stopped' || why?.is === 'too-many') return;
  if (why?.is === 'failed' && performance.now() - why.at < AGAIN_AFTER) return;
  if (asOf === null || Date.now() - asOf >= WHOLE_FOR) startWalk(directory);
}

function stateOf({ people, asOf, walk, why, crowded }: HeldDirectory): DirectoryState {
  return {
    count: people.size,
    whole: asOf !== null,
    asOf,
    walking: walk !== null,
    why: why?.is ?? null,
    crowded: crowded.size > 0,
  };
}
