import 'server-only';
import { processWide } from '#lib/process-wide.ts';
import { listenToPeople, type PeopleHeard } from '#lib/omni/cache/people-heard.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { ProblemText } from '#lib/omni/problem-code.ts';
import type { Position } from '#lib/omni/paging/paging.ts';
import { PeopleIndex } from './people-index.ts';

/** Who reads: a handle of their own, their session, and whether that session still is one. */
export type DirectoryReader = { omni: Omni; sid: string; isLive: () => Promise<boolean> };

/** A walk through the list of people. `at`: where it is. */
export type DirectoryWalk = { number: number; at: Position | null; met: number; stop: AbortController };

/**
 * The people that some keys see alike. `tenant`: that of every row; undefined where it can't be told, then it is one key's. `asOf`:
 * when the last whole walk ended, in milliseconds since 1970. `why`: why there is no walk. `crowded`: instants that more people
 * share than Omni can page through. `readers`: whose keys the walk may go on with, by session; none while there is no walk, so that no
 * key is kept for longer.
 */
export type HeldDirectory = {
  name: string;
  server: string;
  tenant: string | null | undefined;
  people: PeopleIndex;
  asOf: number | null;
  walk: DirectoryWalk | null;
  walks: number;
  left: { at: Position | null; met: number } | null;
  why: DirectoryPause | null;
  crowded: Set<number>;
  freshAt: number;
  writes: number;
  readers: Map<string, DirectoryReader>;
  drop: ReturnType<typeof setTimeout> | undefined;
};

/**
 * `stopped`: by somebody; `left`: nobody is signed in to go on with; `too-many`: more than can be kept; `failed`: Omni did not answer,
 * at `at` (`performance.now`).
 */
export type DirectoryPause =
  | { is: 'stopped' | 'left' | 'too-many' }
  | { is: 'failed'; problem: ProblemText; at: number };

/** That a key was answered the list of people: when (`performance.now` before it asked), and of which directory its rows are. */
export type ListProof = { at: number; directory: string; tenant: string | null | undefined };

/** How long the last answer to a key counts; milliseconds. */
export const PROVED_FOR = 60_000;
/** A directory that nobody used for so long is dropped. */
const IDLE = 15 * 60_000;
const MOST_PROOFS = 1000;

type Held = { directories: Map<string, HeldDirectory>; proofs: Map<string, ListProof>; several: Set<string> };

/** All directories of the process, what each key has proved, and the keys that were answered rows of several tenants. */
export const held = (): Held =>
  processWide('people-index', () => ({ directories: new Map(), proofs: new Map(), several: new Set() }));

/** A key of a server, for looking up what it proved. */
export const keyNameOf = ({ server, keyRef }: Omni) => `${server.url}\n${keyRef}`;

/** What a key has proved within the last minute; undefined where it has to ask first. */
export function proofOf(omni: Omni, now = performance.now()): ListProof | undefined {
  const proof = held().proofs.get(keyNameOf(omni));
  return proof && now - proof.at < PROVED_FOR ? proof : undefined;
}

/** The directory of that name; a new one where there is none. It is dropped once nobody has used it for a quarter of an hour. */
export function directoryNamed({ server }: Omni, { directory, tenant }: ListProof): HeldDirectory {
  const { directories } = held();
  const known = directories.get(directory);
  if (known) return used(known);
  const made: HeldDirectory = {
    name: directory,
    server: server.url,
    tenant,
    people: new PeopleIndex(),
    asOf: null,
    walk: null,
    walks: 0,
    left: null,
    why: null,
    crowded: new Set(),
    freshAt: Number.NEGATIVE_INFINITY,
    writes: 0,
    readers: new Map(),
    drop: undefined,
  };
  directories.set(directory, made);
  return used(made);
}

function used(directory: HeldDirectory): HeldDirectory {
  clearTimeout(directory.drop);
  directory.drop = setTimeout(() => dropDirectory(directory), IDLE);
  directory.drop.unref();
  return directory;
}

/** Forgets a directory with all its people, and ends its walk. */
export function dropDirectory(directory: HeldDirectory): void {
  clearTimeout(directory.drop);
  directory.walk?.stop.abort();
  directory.walk = null;
  directory.readers.clear();
  directory.people.clear();
  const { directories } = held();
  if (directories.get(directory.name) === directory) directories.delete(directory.name);
}

/**
 * Notes what a page of the list proves of its key: that it may read it, and which tenant's rows it is answered. Rows of several
 * tenants, or rows that tell none, are one key's own: nothing says which other key is answered the same.
 */
function note(omni: Omni, { asked, page, first }: Extract<PeopleHeard, { is: 'page' }>): void {
  const { proofs, several, directories } = held();
  const name = keyNameOf(omni);
  const tenants = new Set(page.items.map(({ tenantId }) => tenantId));
  const known = proofs.get(name);
  const [tenant] = tenants.size === 1 ? tenants : [undefined];
  if (tenants.size > 1 || (known && known.tenant !== undefined && tenants.size === 1 && known.tenant !== tenant))
    several.add(name);
  const sure = several.has(name) ? undefined : tenants.size === 0 ? known?.tenant : tenant;
  const directory = sure === undefined ? `${omni.server.url}\nkey ${omni.keyRef}` : `${omni.server.url}\nof ${sure}`;
  proofs.delete(name);
  proofs.set(name, { at: Math.max(asked, known?.at ?? asked), directory, tenant: sure });
  const [oldest] = proofs.keys();
  if (proofs.size > MOST_PROOFS && oldest !== undefined) proofs.delete(oldest);
  const here = directories.get(directory);
  if (!first || !here || asked < here.freshAt || here.why?.is === 'too-many') return;
  here.people.newest(page.items, page.meta.hasMore, here.walk?.number ?? here.walks);
  here.freshAt = asked;
  if (!page.meta.hasMore) finished(here);
}

/** A directory that is whole now. */
export function finished(directory: HeldDirectory): void {
  directory.asOf = Date.now();
  directory.left = null;
  directory.why = null;
}

/** Everything that passes through keeps the directories of its server fresh. A key that is refused has proved nothing any more. */
function hear(omni: Omni, heard: PeopleHeard): void {
  const { directories, proofs } = held();
  if (heard.is === 'page') return note(omni, heard);
  if (heard.is === 'refused') return void proofs.delete(keyNameOf(omni));
  for (const directory of directories.values()) {
    if (directory.server !== omni.server.url) continue;
    if (heard.is === 'person') directory.people.update(heard.person);
    else if (heard.is === 'gone') directory.people.remove(heard.id);
    else directory.freshAt = Number.NEGATIVE_INFINITY;
  }
}

listenToPeople(hear);
