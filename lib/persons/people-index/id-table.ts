import 'server-only';
import { createHash } from 'node:crypto';

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;
export const KEY_BYTES = 16;
const [FREE, GONE] = [-1, -2];

/** Whether an id is a UUID as Omni writes it: then its key tells it. */
export const isPlainId = (id: string) => UUID.test(id);

/** An id as 16 bytes: a UUID's own, of another id the first ones of its SHA-256. */
export function keyOfId(id: string): Buffer {
  if (isPlainId(id)) return Buffer.from(id.replaceAll('-', ''), 'hex');
  return createHash('sha256').update(id).digest().subarray(0, KEY_BYTES);
}

/** The UUID of a key. */
export function idOfKey(keys: Buffer, at: number): string {
  const hex = keys.toString('hex', at, at + KEY_BYTES);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Which place each key stands at, four bytes a slot: a map of texts takes twenty times as much. Keys stand where `keyAt` says. */
export class IdTable {
  #slots = new Int32Array(1024).fill(FREE);
  /** Slots that are not free, those of removed keys among them. */
  #taken = 0;
  size = 0;
  readonly #keyAt: (place: number) => { keys: Buffer; at: number };

  constructor(keyAt: (place: number) => { keys: Buffer; at: number }) {
    this.#keyAt = keyAt;
  }

  /** The place of a key, -1 where there is none. */
  get(key: Buffer): number {
    return this.#slots[this.#slotOf(key)] ?? FREE;
  }

  /** Adds a key that is not here, and which stands at its place already. */
  add(key: Buffer, place: number): void {
    if ((this.#taken + 1) * 2 > this.#slots.length) this.#grow();
    this.#insert(hashOf(key, 0), place);
    this.size += 1;
  }

  remove(key: Buffer): void {
    const slot = this.#slotOf(key);
    if (slot < 0) return;
    this.#slots[slot] = GONE;
    this.size -= 1;
  }

  clear(): void {
    this.#slots = new Int32Array(1024).fill(FREE);
    this.#taken = this.size = 0;
  }

  #slotOf(key: Buffer): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashOf(key, 0) & mask; ; slot = (slot + 1) & mask) {
      const place = this.#slots[slot] ?? FREE;
      if (place === FREE) return -1;
      if (place === GONE) continue;
      const { keys, at } = this.#keyAt(place);
      if (key.compare(keys, at, at + KEY_BYTES) === 0) return slot;
    }
  }

  #insert(hash: number, place: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== FREE) slot = (slot + 1) & mask;
    this.#slots[slot] = place;
    this.#taken += 1;
  }

  #grow(): void {
    const places = this.#slots.filter((place) => place >= 0);
    this.#slots = new Int32Array(this.size * 4 > this.#slots.length ? this.#slots.length * 2 : this.#slots.length).fill(
      FREE,
    );
    this.#taken = 0;
    for (const place of places) {
      const { keys, at } = this.#keyAt(place);
      this.#insert(hashOf(keys, at), place);
    }
  }
}

/** All bytes count: ids of tests differ in the last ones only. */
function hashOf(keys: Buffer, at: number): number {
  let hash = 0;
  for (let word = at; word < at + KEY_BYTES; word += 4) {
    hash = Math.imul(hash ^ keys.readUInt32LE(word), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}
