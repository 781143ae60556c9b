import { at, type ContractAnswer } from './omni.ts';

type Variants = Record<string, (answer: ContractAnswer) => boolean>;

const is =
  (status: number, code: string, more: (answer: ContractAnswer) => boolean = () => true) =>
  (answer: ContractAnswer) =>
    answer.status === status && at(answer, 'error.code') === code && more(answer);

const failed: Variants = {
  '500 DB_QUERY_FAILED': is(500, 'DB_QUERY_FAILED', (answer) => at(answer, 'error.retryable') === true),
  '500 INTERNAL_ERROR': is(500, 'INTERNAL_ERROR'),
};

/** PostgreSQL could not read a UUID, a date or a byte (behaviour B5, B11, C19). */
export const unreadable: Variants = failed;

/** A row that is referred to does not exist (contract §1.5, behaviour E3, F16). */
export const missingReference: Variants = {
  '400 Referenced record does not exist': is(400, 'VALIDATION_ERROR'),
  ...failed,
};

/** Two rows would be the same (contract §1.5, behaviour C4, J5). */
export const duplicate = (columns: string): Variants => ({
  '409 CONFLICT with the key in details.detail': is(409, 'CONFLICT', (answer) =>
    String(at(answer, 'error.details.detail')).startsWith(`Key (${columns})=(`),
  ),
  '409 CONFLICT with details.field': is(
    409,
    'CONFLICT',
    (answer) => typeof at(answer, 'error.details.field') === 'string',
  ),
  '500 INTERNAL_ERROR': is(500, 'INTERNAL_ERROR'),
});

/** The same for a route, whose service means to say which constraint and never can (contract §2, behaviour F11). */
export const duplicateRoute = (columns: string): Variants => ({
  '409 CONFLICT with constraint unknown': is(
    409,
    'CONFLICT',
    (answer) => at(answer, 'error.details.constraint') === 'unknown',
  ),
  ...duplicate(columns),
});

/** An endpoint that does not exist, asked with a `*` key (behaviour A13). */
export const noEndpoint: Variants = {
  '404 Endpoint not found': (answer) =>
    is(404, 'NOT_FOUND')(answer) && String(at(answer, 'error.message')).startsWith('Endpoint not found: '),
  ...failed,
};
