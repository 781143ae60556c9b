import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { codePlace, dropCodes, showCode } from './code-output.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'omni-code-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));
const file = () => join(home, 'omni-console-code');

test('a terminal shows it, and no file has it', () => {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  expect(showCode('1234 5678', 1000, codePlace(true), home)).toBe(true);
  expect(written.mock.calls).toEqual([['1234 5678']]);
  expect(() => statSync(file())).toThrow('ENOENT');
});

test('without a terminal it goes into a file for this account alone, never to standard output, and not for long', () => {
  vi.useFakeTimers();
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  writeFileSync(file(), '', { mode: 0o644 });
  expect(showCode('1234 5678\n', 1000, codePlace(false), home)).toBe(true);
  expect(showCode('8765 4321\n', 1000, codePlace(false), home)).toBe(true);
  expect(written).not.toHaveBeenCalled();
  expect(readFileSync(file(), 'utf8')).toBe('1234 5678\n8765 4321\n');
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  vi.advanceTimersByTime(1001);
  expect(() => statSync(file())).toThrow('ENOENT');
  vi.useRealTimers();
});

test('a link in its place is not followed, and a folder that is not there is told', () => {
  writeFileSync(join(home, 'elsewhere'), 'mine');
  symlinkSync(join(home, 'elsewhere'), file());
  expect(showCode('1234 5678', 1000, 'file', home)).toBe(false);
  expect(readFileSync(join(home, 'elsewhere'), 'utf8')).toBe('mine');
  expect(showCode('1234 5678', 1000, 'file', join(home, 'nowhere'))).toBe(false);
  dropCodes(home);
  expect(readFileSync(join(home, 'elsewhere'), 'utf8')).toBe('mine');
});
