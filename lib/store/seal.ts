import 'server-only';
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { env } from '#lib/env.ts';

/** Why sealed text cannot be opened: its key is not configured any more, or it was changed, moved or cut. */
type SealProblem = { kind: 'missing_key'; keyId: string } | { kind: 'damaged' };
export type OpenedText = { ok: true; value: string } | { ok: false; error: SealProblem };

const CIPHER = 'aes-256-gcm';
const SEALED = /^v1\.(\d+)\.([\w-]{16})\.([\w-]*)\.([\w-]{22})$/;

type Keys = Readonly<Record<string, string>>;

/** Seals with a map of secrets (id → secret): the highest id seals, all of them open. */
export class Sealer {
  readonly #keys: Keys;
  readonly #derived = new Map<string, Buffer>();

  constructor(keys: Keys) {
    this.#keys = keys;
  }

  /** The ids, newest first. */
  get keyIds(): string[] {
    return Object.keys(this.#keys).toSorted((a, b) => Number(b) - Number(a));
  }

  get newestKeyId(): string {
    const [newest] = this.keyIds;
    if (newest === undefined) throw new Error('STORE_KEYS holds no key.');
    return newest;
  }

  /** `v1.<key id>.<iv>.<data>.<tag>`. It opens with the same context only: table, column and row id are authenticated with it. */
  seal(context: string, text: string): string {
    const id = this.newestKeyId;
    const iv = randomBytes(12);
    const cipher = createCipheriv(CIPHER, this.#key(id, 'seal'), iv).setAAD(bound(id, context));
    const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return ['v1', id, ...[iv, data, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
  }

  open(context: string, sealed: string): OpenedText {
    const [, id, iv, data, tag] = SEALED.exec(sealed) ?? [];
    if (id === undefined || iv === undefined || data === undefined || tag === undefined) return damaged;
    if (this.#keys[id] === undefined) return { ok: false, error: { kind: 'missing_key', keyId: id } };
    const [ivBytes, dataBytes, tagBytes] = [iv, data, tag].map((part) => Buffer.from(part, 'base64url'));
    if (!ivBytes || !dataBytes || !tagBytes) return damaged;
    const decipher = createDecipheriv(CIPHER, this.#key(id, 'seal'), ivBytes, { authTagLength: 16 });
    try {
      decipher.setAAD(bound(id, context)).setAuthTag(tagBytes);
      return { ok: true, value: Buffer.concat([decipher.update(dataBytes), decipher.final()]).toString('utf8') };
    } catch {
      return damaged;
    }
  }

  /** Every value a text may be stored under: `<key id>.<hmac>`, the newest key's first. */
  hashes(purpose: string, text: string): [string, ...string[]] {
    const hash = (id: string) =>
      `${id}.${createHmac('sha256', this.#key(id, `hash/${purpose}`))
        .update(text)
        .digest('base64url')}`;
    const [, ...older] = this.keyIds;
    return [hash(this.newestKeyId), ...older.map(hash)];
  }

  #key(id: string, use: string): Buffer {
    const name = `${id}/${use}`;
    const known = this.#derived.get(name);
    if (known) return known;
    const key = Buffer.from(hkdfSync('sha256', this.#keys[id] ?? '', '', `omni-console/store/${use}`, 32));
    this.#derived.set(name, key);
    return key;
  }
}

const damaged = { ok: false, error: { kind: 'damaged' } } as const;
const bound = (id: string, context: string) => Buffer.from(`v1.${id}.${context}`, 'utf8');

let current: Sealer | undefined;

/** The sealer of `STORE_KEYS`. */
export function storeSealer(): Sealer {
  return (current ??= new Sealer(env().STORE_KEYS));
}

/** Seals personal data with `STORE_KEYS`. `context` is `table/column/row id`: sealed text can't be moved to another row. */
export function sealText(context: string, text: string): string {
  return storeSealer().seal(context, text);
}

/** Opens what `sealText` sealed with the same context. */
export function openText(context: string, sealed: string): OpenedText {
  return storeSealer().open(context, sealed);
}

/** A keyed hash to store, so that a text can be found without being stored (`purpose` keeps columns apart). */
export function keyedHash(purpose: string, text: string): string {
  return storeSealer().hashes(purpose, text)[0];
}

/** Every hash the text may have been stored under while `STORE_KEYS` holds older keys; the newest first. For `where … in`. */
export function keyedHashes(purpose: string, text: string): [string, ...string[]] {
  return storeSealer().hashes(purpose, text);
}

/** The id of the key that seals now; what another key sealed is to be sealed anew. */
export function newestKeyId(): string {
  return storeSealer().newestKeyId;
}
