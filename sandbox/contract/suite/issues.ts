import { expect } from 'vitest';
import type { ContractAnswer } from './omni.ts';

type Path = (string | number)[];

/** Zod 3's refusals, written down here as they were recorded and not borrowed from the sandbox. */
export const missing = (field: string, expected = 'string') => ({
  code: 'invalid_type',
  expected,
  received: 'undefined',
  path: [field],
  message: 'Required',
});

export const wrongType = (field: string, expected: string, received: string) => ({
  code: 'invalid_type',
  expected,
  received,
  path: [field],
  message: `Expected ${expected}, received ${received}`,
});

export const invalid = (field: string, validation: string) => ({
  validation,
  code: 'invalid_string',
  message: `Invalid ${validation}`,
  path: [field],
});

export const notOneOf = (field: string, received: string, options: string[]) => ({
  received,
  code: 'invalid_enum_value',
  options,
  path: [field],
  message: `Invalid enum value. Expected ${options.map((option) => `'${option}'`).join(' | ')}, received '${received}'`,
});

export const custom = (message: string) => ({ code: 'custom', message, path: [] as Path });

const SMALL: Record<string, (minimum: number) => string> = {
  number: (minimum) => `Number must be greater than or equal to ${minimum}`,
  string: (minimum) => `String must contain at least ${minimum} character(s)`,
  array: (minimum) => `Array must contain at least ${minimum} element(s)`,
};

export const tooSmall = (field: string, type: string, minimum: number) => ({
  code: 'too_small',
  minimum,
  type,
  inclusive: true,
  exact: false,
  message: SMALL[type]?.(minimum),
  path: [field],
});

export const tooBig = (field: string, type: string, maximum: number) => ({
  code: 'too_big',
  maximum,
  type,
  inclusive: true,
  exact: false,
  message:
    type === 'number'
      ? `Number must be less than or equal to ${maximum}`
      : `String must contain at most ${maximum} character(s)`,
  path: [field],
});

/** 400 in zod's own shape: no code, no message (contract §1.5, shape 2). */
export function expectIssues(answer: ContractAnswer, ...issues: object[]): void {
  expect(answer.status).toBe(400);
  expect(answer.body).toEqual({ success: false, error: { issues, name: 'ZodError' } });
}

/** An error in Omni's own shape. */
export function expectError(
  answer: ContractAnswer,
  status: number,
  code: string,
  message: string,
  beside: object = {},
): void {
  expect(answer.status).toBe(status);
  expect(answer.body).toEqual({ error: { code, message, ...beside } });
}

export function expectNotFound(answer: ContractAnswer, resourceType: string, resourceId: string): void {
  const details = { resourceType, resourceId };
  expectError(answer, 404, 'NOT_FOUND', `${resourceType} not found: ${resourceId}`, { details });
}

export const forbids = (answer: ContractAnswer, scope: string): void =>
  expectError(answer, 403, 'FORBIDDEN', `Insufficient permissions. Required scope: ${scope}`);
