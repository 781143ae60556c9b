/** An answer that is an error, in the shape `{error:{code,message,…}}` (contract §1.5, shape 1). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly body: Record<string, unknown>;

  constructor(status: number, code: string, message: string, beside: Record<string, unknown> = {}) {
    super(message);
    this.status = status;
    this.body = { error: { code, message, ...beside } };
  }
}

/** A body that zod refused: `{success:false,error:{issues,name}}` (contract §1.5, shape 2). */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
  readonly status = 400;
  readonly body: Record<string, unknown>;

  constructor(issues: readonly unknown[]) {
    super('Invalid input');
    this.body = { success: false, error: { issues, name: 'ZodError' } };
  }
}

/** What the database refused, before a release of Omni has put it into words. */
export class DatabaseRefusal extends Error {
  override readonly name = 'DatabaseRefusal';
  readonly kind: 'unique' | 'reference' | 'check' | 'syntax' | 'other';
  readonly table: string;
  readonly columns: readonly string[];
  readonly values: readonly unknown[];

  constructor(
    kind: DatabaseRefusal['kind'],
    message: string,
    table = '',
    columns: readonly string[] = [],
    values: readonly unknown[] = [],
  ) {
    super(message);
    this.kind = kind;
    this.table = table;
    this.columns = columns;
    this.values = values;
  }
}

/** 404 with details, as every resource but keys answers it. */
export function notFound(resourceType: string, resourceId: string): ApiError {
  return new ApiError(404, 'NOT_FOUND', `${resourceType} not found: ${resourceId}`, {
    details: { resourceType, resourceId },
  });
}

export function forbidden(message: string, beside: Record<string, unknown> = {}): ApiError {
  return new ApiError(403, 'FORBIDDEN', message, beside);
}

/** A plain `throw new Error()` in Omni's code (behaviour D13). */
export function internalError(): ApiError {
  return new ApiError(500, 'INTERNAL_ERROR', 'Internal server error');
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** PostgreSQL's reading of a UUID: lower case, or 22P02, which Omni answers with 500 (behaviour B11). */
export function databaseUuid(text: string): string {
  if (!UUID.test(text)) throw new DatabaseRefusal('syntax', `invalid input syntax for type uuid: "${text}"`);
  return text.toLowerCase();
}

/** PostgreSQL's reading of a timestamp in microseconds, or 22007 (behaviour B5, H31). */
export function databaseTime(text: string): number {
  const moment = Date.parse(text);
  if (Number.isNaN(moment)) throw new DatabaseRefusal('syntax', `invalid input syntax for type timestamp: "${text}"`);
  return moment * 1000;
}

/** Any date that JavaScript reads, in microseconds; garbage is zod's refusal (contract §3, issue #494). */
export function anyDate(text: string, field: string): number {
  const moment = Date.parse(text);
  if (Number.isNaN(moment)) throw new InvalidInput([{ code: 'invalid_date', path: [field], message: 'Invalid date' }]);
  return moment * 1000;
}

/** Text columns refuse the NUL byte (behaviour B8.16, C19). */
export function refuseNul(value: unknown): void {
  if (typeof value === 'string' && value.includes('\u0000')) {
    throw new DatabaseRefusal('syntax', 'invalid byte sequence for encoding "UTF8": 0x00');
  }
}
