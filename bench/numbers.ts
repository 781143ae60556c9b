import { readFileSync } from 'node:fs';

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] = [sorted[sorted.length % 2 ? middle : middle - 1], sorted[middle]];
  return (low + high) / 2;
}

export const ms = (value: number) => `${value.toFixed(1)} ms`;
export const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
export const MB = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

/** Resident memory of a process, in bytes; NaN where there is no /proc. */
export function residentBytes(pid: number | undefined): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return NaN;
  }
}

/** `held`: whether a figure the console promises was kept; left out where it is for comparing only. */
export type Figure = { what: string; figure: string; note?: string; held?: boolean };

/** One line a figure, what to compare it with beside it; a promise that was not kept says so. */
export function table(title: string, rows: readonly Figure[]): string {
  const width = Math.max(...rows.map((row) => row.what.length));
  const lines = rows.map(({ what, figure, note, held }) =>
    `  ${what.padEnd(width)}  ${figure.padStart(12)}${note ? `   (${note})` : ''}${held === false ? '   MISSED' : ''}`.trimEnd(),
  );
  return [`\n${title}`, ...lines].join('\n');
}
