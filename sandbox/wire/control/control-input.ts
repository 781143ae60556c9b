import type { Call } from '../call.ts';
import type { Shape } from '../zod-shapes.ts';

/** Reads a control call's body; what it does not know is a 400 with a sentence, so that a typo in a test is heard. */
export async function readControl<T>(call: Call, shape: Shape<T>): Promise<T> {
  const text = await call.req.text();
  const result = shape.parse(text === '' ? {} : JSON.parse(text), []);
  if (result.ok) return result.value;
  const sentences = result.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new SyntaxError(sentences.join('; '));
}
