import type { FieldErrors, FieldValues, Resolver } from 'react-hook-form';
import type { ZodType } from 'zod';

/** Fetches the schema a form is checked by: the one the server parses with. */
export type LoadSchema = () => Promise<ZodType>;

/**
 * Checks a form by the server's own schema, which is loaded with zod when it is first needed. The form keeps its values as they
 * were typed: the server transforms them. An issue's message is a code of the namespace `form`. Where the schema can't be
 * loaded the values go to the server, which checks them anyway.
 */
export function zodResolver<T extends FieldValues>(load: LoadSchema): Resolver<T> {
  return async (values) => {
    const schema = await load().catch(() => null);
    const parsed = schema?.safeParse(values);
    if (!parsed || parsed.success) return { values, errors: {} };
    return { values: {}, errors: errorsOf(parsed.error.issues) as FieldErrors<T> };
  };
}

type Issue = { path: PropertyKey[]; code?: string | undefined; message: string };
type Tree = { [name: string]: Tree | { type: string; message: string } };

/** The first issue of each field, where the form looks for it: `['rows', 2, 'key']` is `rows.2.key`. */
export function errorsOf(issues: readonly Issue[]): Tree {
  const errors: Tree = {};
  for (const { path, code = 'invalid', message } of issues) {
    const names = path.length > 0 ? path.map(String) : ['root'];
    let at = errors;
    for (const name of names.slice(0, -1)) at = (at[name] ??= {}) as Tree;
    at[names.at(-1) ?? 'root'] ??= { type: code, message };
  }
  return errors;
}
