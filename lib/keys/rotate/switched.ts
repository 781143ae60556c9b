import type { Integration, KeyUse } from '#lib/keys/requests/callers.ts';

/** What one source sent with one of the two keys. `last` is an ISO time; `refused` counts what was refused or failed. */
export type UseOfOneKey = Pick<Integration, 'requests' | 'refused' | 'last'>;

/**
 * What has to be switched: a program, by its address and `User-Agent`, or a session of this console, by the name it signed in with.
 * `old` and `fresh` are null where no request with that key was read. `signedIn`: a session that is on the old key now, whether it
 * has sent a request or not.
 */
export type SwitchSource = Pick<Integration, 'ip' | 'userAgent' | 'session'> & {
  old: UseOfOneKey | null;
  fresh: UseOfOneKey | null;
  signedIn: boolean;
};

/**
 * What uses the two keys of a rotation, each source once: the sessions that are signed in with the old key, then what used the old
 * key, then what used only the new one. `old` and `fresh`: null where they were not seen. Sessions of one name are told apart by
 * their number only. Pure.
 */
export function sourcesOf(
  old: Pick<KeyUse, 'integrations'> | null,
  fresh: Pick<KeyUse, 'integrations'> | null,
  signedIn: readonly string[],
): SwitchSource[] {
  const sources = new Map<string, SwitchSource>();
  const sourceOf = (name: string, { ip, userAgent, session }: Pick<Integration, 'ip' | 'userAgent' | 'session'>) => {
    const source = sources.get(name) ?? { ip, userAgent, session, old: null, fresh: null, signedIn: false };
    sources.set(name, source);
    return source;
  };
  for (const [name, one] of named(signedIn.map((session) => ({ ip: null, userAgent: null, session }))))
    sourceOf(name, one).signedIn = true;
  for (const [name, one] of named(old?.integrations ?? [])) sourceOf(name, one).old = useOf(one);
  for (const [name, one] of named(fresh?.integrations ?? [])) sourceOf(name, one).fresh = useOf(one);
  return [...sources.values()];
}

function named<T extends Pick<Integration, 'ip' | 'userAgent' | 'session'>>(all: readonly T[]): [string, T][] {
  const seen = new Map<string, number>();
  return all.map((one) => {
    if (one.session === null) return [JSON.stringify([one.ip, one.userAgent]), one];
    const count = (seen.get(one.session) ?? 0) + 1;
    seen.set(one.session, count);
    return [JSON.stringify(['session', one.session, count]), one];
  });
}

function useOf({ requests, refused, last }: Integration): UseOfOneKey {
  return { requests, refused, last };
}
