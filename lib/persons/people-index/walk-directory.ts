import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { log } from '#lib/log.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { walkPages } from '#lib/omni/paging/walk-pages.ts';
import { listPersons } from '#lib/omni/resources/persons.ts';
import { ok } from '#lib/omni/result.ts';
import {
  dropDirectory,
  finished,
  proofOf,
  type DirectoryReader,
  type DirectoryWalk,
  type HeldDirectory,
} from './directories.ts';
import { MOST_PEOPLE } from './people-index.ts';

/**
 * Walks the list of people from its start, or from where the last walk was left, with the readers' own keys: with the first one as
 * long as its session lasts, then with another who may be served. Ends when it is through, when somebody stops it, when nobody is
 * left, when Omni refuses, or at more people than are kept.
 */
export function startWalk(directory: HeldDirectory): void {
  if (directory.walk) return;
  const { left } = directory;
  if (!left) {
    directory.walks += 1;
    directory.crowded = new Set();
    directory.freshAt = performance.now();
  }
  const walk: DirectoryWalk = {
    number: directory.walks,
    at: left?.at ?? null,
    met: left?.met ?? 0,
    stop: new AbortController(),
  };
  directory.walk = walk;
  directory.why = null;
  run(directory, walk).catch((error: unknown) => {
    log('error', 'directory.walk_failed', { kind: error instanceof TypeError ? 'type' : 'other' });
    if (directory.walk === walk) pause(directory, walk, { is: 'left' });
  });
}

async function run(directory: HeldDirectory, walk: DirectoryWalk): Promise<void> {
  for (;;) {
    const reader = await nextReader(directory);
    if (walk.stop.signal.aborted) return;
    if (!reader) return pause(directory, walk, { is: 'left' });
    const end = await walkWith(directory, walk, reader);
    if (walk.stop.signal.aborted) return;
    if (end === 'through') {
      directory.people.sweep(walk.number, directory.crowded);
      directory.walk = null;
      directory.readers.clear();
      return finished(directory);
    }
    if (end !== 'session-ended') return pause(directory, walk, end);
  }
}

/** A reader whose session lives and whose key has been answered the list of this directory within the last minute. */
async function nextReader(directory: HeldDirectory): Promise<DirectoryReader | undefined> {
  for (const [sid, reader] of directory.readers) {
    if (proofOf(reader.omni)?.directory === directory.name && (await reader.isLive())) return reader;
    directory.readers.delete(sid);
  }
  return undefined;
}

type WalkEnd = 'through' | 'session-ended' | NonNullable<HeldDirectory['why']>;

async function walkWith(directory: HeldDirectory, walk: DirectoryWalk, reader: DirectoryReader): Promise<WalkEnd> {
  const { omni } = reader;
  for await (const page of walkPages(omni, readPage(omni), walk.stop.signal, walk.at)) {
    if (walk.stop.signal.aborted) return 'session-ended';
    if (!page.ok) {
      const over = page.error.kind === 'unauthorized' || page.error.kind === 'forbidden';
      if (!over) return { is: 'failed', problem: problemOf(page.error), at: performance.now() };
      directory.readers.delete(reader.sid);
      return 'session-ended';
    }
    const { rows, unsure, next = null } = page.value;
    if (rows.some(({ tenantId }) => directory.tenant !== undefined && tenantId !== directory.tenant)) {
      // This key is answered more than one tenant: what it has read is no directory that others may share.
      dropDirectory(directory);
      return 'session-ended';
    }
    for (const person of rows) directory.people.put(person, walk.number);
    directory.people.prepare();
    if (unsure) for (const { createdAt } of rows.slice(-1)) directory.crowded.add(Date.parse(createdAt));
    walk.met += rows.length;
    walk.at = next;
    if (directory.people.size > MOST_PEOPLE) {
      directory.people.clear();
      directory.asOf = null;
      return { is: 'too-many' };
    }
    if (!next) return 'through';
    if (!(await reader.isLive())) {
      directory.readers.delete(reader.sid);
      return 'session-ended';
    }
  }
  return 'through';
}

const readPage = (omni: Omni) => async (query: { limit: number; cursor?: string }, signal: AbortSignal) => {
  const page = await listPersons(omni, query, signal);
  return page.ok ? ok({ rows: page.value.items, hasMore: page.value.meta.hasMore }) : page;
};

function pause(directory: HeldDirectory, walk: DirectoryWalk, why: NonNullable<HeldDirectory['why']>): void {
  directory.walk = null;
  directory.readers.clear();
  directory.why = why;
  directory.left = why.is === 'too-many' ? null : { at: walk.at, met: walk.met };
}

/** Ends a walk where it is; it goes on from there when it is asked to. */
export function stopWalk(directory: HeldDirectory): void {
  const { walk } = directory;
  if (!walk) return;
  walk.stop.abort();
  pause(directory, walk, { is: 'stopped' });
}
