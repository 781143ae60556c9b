import type { SQLInputValue } from 'node:sqlite';
import { toIso } from './clock.ts';
import type { SqlRow, SandboxStore } from './database.ts';
import { DatabaseRefusal, refuseNul } from '../wire/http-errors.ts';

type Kind = 'text' | 'number' | 'flag' | 'time' | 'moment' | 'json';
export type Wire = Record<string, unknown>;
type Column = { wire: string; column: string; kind: Kind };

/** One table: its name and its columns in the order the wire has them. */
export type SandboxTable = { name: string; columns: readonly Column[]; byWire: ReadonlyMap<string, Column> };

/** Builds a table from `id name isActive? createdAt@ expiresAt~ metadata{} priority#`: flag, time in micro- and in milliseconds, JSON and number have a mark. */
export function table(name: string, columns: string): SandboxTable {
  const kinds: Record<string, Kind> = { '?': 'flag', '@': 'time', '~': 'moment', '}': 'json', '#': 'number' };
  const parsed = columns
    .trim()
    .split(/\s+/)
    .map((word): Column => {
      const wire = word.replace(/[^A-Za-z]+$/, '');
      const column = wire.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      return { wire, column, kind: kinds[word.at(-1) ?? ''] ?? 'text' };
    });
  return { name, columns: parsed, byWire: new Map(parsed.map((column) => [column.wire, column])) };
}

/** A database row as Omni answers it. */
export function toWire(table: SandboxTable, row: SqlRow): Wire {
  const wire: Wire = {};
  for (const { wire: name, column, kind } of table.columns) wire[name] = readValue(row[column] ?? null, kind);
  return wire;
}

function readValue(value: SqlRow[string], kind: Kind): unknown {
  if (value === null) return null;
  if (kind === 'flag') return value === 1;
  if (kind === 'time') return toIso(Number(value));
  if (kind === 'moment') return new Date(Number(value)).toISOString();
  if (kind === 'json') return JSON.parse(String(value));
  return value;
}

function writeValue(value: unknown, kind: Kind): SQLInputValue {
  if (value === null || value === undefined) return null;
  if (kind === 'flag') return value ? 1 : 0;
  if (kind === 'time') return typeof value === 'string' ? Date.parse(value) * 1000 : Number(value);
  if (kind === 'moment') return new Date(value as string | number).getTime();
  if (kind === 'json') {
    const text = JSON.stringify(value);
    if (text.includes(String.raw`\u0000`)) refuseNul('\u0000');
    return text;
  }
  refuseNul(value);
  return value as SQLInputValue;
}

/** Inserts wire values; a column that is not named keeps its default. Times are microseconds or ISO text. */
export function insertRow(store: SandboxStore, table: SandboxTable, values: Wire): void {
  const given = table.columns.filter(({ wire }) => values[wire] !== undefined);
  const sql = `INSERT INTO ${table.name} (${given.map(({ column }) => column).join(', ')}) VALUES (${given.map(() => '?').join(', ')})`;
  refusing(table, values, () => store.run(sql, ...given.map(({ wire, kind }) => writeValue(values[wire], kind))));
}

/** Writes the named wire values of one row; what is undefined keeps its value. */
export function updateRow(store: SandboxStore, table: SandboxTable, id: string, changes: Wire): void {
  const named = Object.keys(changes).filter((wire) => changes[wire] !== undefined);
  const given = named.flatMap((wire) => table.byWire.get(wire) ?? []);
  const sql = `UPDATE ${table.name} SET ${given.map(({ column }) => `${column} = ?`).join(', ')} WHERE id = ?`;
  refusing(table, changes, () => store.run(sql, ...given.map(({ wire, kind }) => writeValue(changes[wire], kind)), id));
}

export function findRow(store: SandboxStore, table: SandboxTable, id: string): SqlRow | undefined {
  return store.get(`SELECT * FROM ${table.name} WHERE id = ?`, id);
}

/** Runs a statement; what SQLite refuses becomes a refusal that a release of Omni can word. */
export function refusing<T>(table: SandboxTable, values: Wire, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw refusalOf(error, table, values);
  }
}

const UNIQUE = new Set([1555, 2067]);
const REFERENCE = new Set([787, 1811]);

function refusalOf(error: unknown, table: SandboxTable, values: Wire): unknown {
  if (!(error instanceof Error) || !('errcode' in error)) return error;
  const code = Number(error.errcode);
  if (REFERENCE.has(code)) return new DatabaseRefusal('reference', error.message, table.name);
  if (code === 275) return new DatabaseRefusal('check', error.message, table.name);
  if (!UNIQUE.has(code)) return new DatabaseRefusal('other', error.message, table.name);
  const columns = error.message
    .replace('UNIQUE constraint failed: ', '')
    .split(', ')
    .map((name) => name.replace(`${table.name}.`, ''));
  const known = columns.map((name) => values[table.columns.find(({ column }) => column === name)?.wire ?? ''] ?? '');
  return new DatabaseRefusal('unique', error.message, table.name, columns, known);
}
