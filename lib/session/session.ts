import type { Capabilities } from './sign-in/capabilities.ts';

/**
 * Who is signed in, as pages and browsers may know it: nothing here opens anything (`sid` counts only inside the sealed
 * cookie, beside the key). Times are milliseconds since 1970.
 */
export type Session = {
  sid: string;
  /** The key's name in the store: the server and a keyed hash. */
  actor: string;
  /** The actors of the keys that this key replaced. */
  formers: string[];
  /** `band`: its colour, 1–6; `production`: an operator says so. */
  server: { id: string; name: string; band: number; production: boolean };
  keyName: string;
  yourName: string | null;
  /** What the key may do by its scopes on this generation of Omni; null while unknown: then Omni decides. */
  scopes: string[] | null;
  /** The key's scopes as Omni reports them; null while unknown. */
  heldScopes: string[] | null;
  /** The instances the key is restricted to (contract §1.4). */
  instances: string[] | 'all' | 'unknown';
  capabilities: Capabilities;
  createdAt: number;
  lastSeenAt: number;
  /** When the key was last typed. */
  lastProofAt: number;
  idleMinutes: number;
  endsAt: number;
};

/** Why nobody is signed in. Each but `none` has a sentence (`login.reasons`). */
export type SignedOutReason =
  | 'none'
  | 'expired'
  | 'idle'
  | 'ended'
  | 'key_dead'
  | 'tampered'
  | 'store_down'
  | 'server_gone';
