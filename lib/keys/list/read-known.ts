import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { seeKey, type SeenKey } from '#lib/omni/resources/own-key.ts';
import { rotationsUnderWay } from '#lib/keys/rotate/rotations.ts';
import type { Store } from '#lib/store/database.ts';
import { ownKeyOf, type AllKeys } from './read-all.ts';

/** The most keys that are read one by one. */
const MOST = 40;
const AT_ONCE = 5;

/** All keys that can be read, the session's own among them even where Omni doesn't list it. Scope `keys:read`. */
export async function withOwn(
  db: Store,
  omni: Omni,
  listed: AllKeys,
  actorKeyId: string | null,
): Promise<AllKeys & { own: SeenKey | null }> {
  const known = await withKnown(db, omni, listed);
  const own = await ownKeyOf(omni, known, actorKeyId);
  const unlisted = own !== null && !known.keys.some(({ key }) => key.id === own.key.id);
  return { ...known, keys: unlisted ? [...known.keys, own] : known.keys, own };
}

/**
 * The keys beyond those Omni lists that this console knows of, read one by one: those it created, newest first, and those of
 * rotations in progress. Nothing is asked where Omni listed all. Scope `keys:read`.
 */
export async function withKnown(db: Store, omni: Omni, all: AllKeys): Promise<AllKeys> {
  if (all.hidden.length === 0) return all;
  const server = omni.server.id;
  const [sent, rotations] = await Promise.all([
    db
      .selectFrom('secrets_sent')
      .select('subject')
      .where('server', '=', server)
      .where('subject', 'like', 'key:%')
      .orderBy('sent_at', 'desc')
      .limit(MOST * 3)
      .execute(),
    rotationsUnderWay(db, server),
  ]);
  const listed = new Set(all.keys.map(({ key }) => key.id));
  const known = [
    ...rotations.flatMap(({ oldKeyId, newKeyId }) => [oldKeyId, ...(newKeyId === null ? [] : [newKeyId])]),
    ...sent.map(({ subject }) => subject.slice('key:'.length)),
  ];
  const wanted = [...new Set(known)].filter((id) => !listed.has(id)).slice(0, MOST);
  const keys = [...all.keys];
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const seen = await Promise.all(wanted.slice(at, at + AT_ONCE).map((id) => seeKey(omni, id)));
    keys.push(...seen.flatMap((one) => (one.ok ? [one.value] : [])));
  }
  return { ...all, keys };
}
