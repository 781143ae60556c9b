import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { codeOutput, dropCodes, showCode } from './code-output.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'omni-code-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));
const file = () => join(home, 'omni-console-code');

test('recovery code output: a terminal shows the code, and no file has it', () => {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  expect(showCode('1234 5678', 1000, codeOutput(true), home)).toBe(true);
  expect(written.mock.calls).toEqual([['1234 5678']]);
  expect(() => statSync(file())).toThrow('ENOENT');
});

test('recovery code output: without a terminal the code is written to a file of this account, never to standard output, and deleted', () => {
  vi.useFakeTimers();
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  writeFileSync(file(), '', { mode: 0o644 });
  expect(showCode('1234 5678\n', 1000, codeOutput(false), home)).toBe(true);
  expect(showCode('8765 4321\n', 1000, codeOutput(false), home)).toBe(true);
  expect(written).not.toHaveBeenCalled();
  expect(readFileSync(file(), 'utf8')).toBe('1234 5678\n8765 4321\n');
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  vi.advanceTimersByTime(1001);
  expect(() => statSync(file())).toThrow('ENOENT');
  vi.useRealTimers();
});

test('recovery code output: a symbolic link is not followed, and a missing folder is reported', () => {
  writeFileSync(join(home, 'elsewhere'), 'mine');
  symlinkSync(join(home, 'elsewhere'), file());
  expect(showCode('1234 5678', 1000, 'file', home)).toBe(false);
  expect(readFileSync(join(home, 'elsewhere'), 'utf8')).toBe('mine');
  expect(showCode('1234 5678', 1000, 'file', join(home, 'nowhere'))).toBe(false);
  dropCodes(home);
  expect(readFileSync(join(home, 'elsewhere'), 'utf8')).toBe('mine');
});
