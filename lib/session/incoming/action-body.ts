import { LONGEST_BODY } from '#lib/session/request/request-rules.ts';

/** Why a body of an action is refused. */
type BodyRefusal = {
  status: 400 | 413;
  why: 'id' | 'type' | 'form' | 'json' | 'depth' | 'reference' | 'length' | 'cut';
};

/** As Next makes them: a byte of facts and a SHA-1, in hexadecimal. */
const ACTION_ID = /^[0-9a-f]{42}$/;
/** Deeper than any form of the console; React's reader recurses. */
const DEEPEST = 64;
/** React's own spelling of what JSON lacks (`encodeReply`); `$0:a:b` is a second place of something. */
const VALUE = /^\$(\$|undefined$|NaN$|-?Infinity$|-0$|D[\d+-]|n-?\d+$)/;
const REFERENCE = /^\$0(:|$)/;
const INHERITED = /(^|:)(__proto__|constructor|prototype)(:|$)/;

/**
 * Why a POST is no call of an action that a page of the console could send, or null. Next answers such a call 500 with a stack
 * trace in the log. The console has no form that works without a script, so each multipart body calls an action. Other POSTs are
 * not read.
 */
export async function malformedBody(request: Request): Promise<BodyRefusal | null> {
  const id = request.headers.get('next-action');
  const type = (request.headers.get('content-type') ?? '').toLowerCase();
  const isForm = type.startsWith('multipart/form-data');
  if (id === null && !isForm) return null;
  if (id === null || !ACTION_ID.test(id)) return { status: 400, why: 'id' };
  if (!isForm && !type.startsWith('text/plain')) return { status: 400, why: 'type' };
  const body = await bytesOf(request);
  if ('why' in body) return body;
  const why = isForm
    ? await formRefusal(body.bytes, request.headers.get('content-type') ?? '')
    : textRefusal(new TextDecoder().decode(body.bytes), false);
  return why && { status: 400, why };
}

async function bytesOf(request: Request): Promise<{ bytes: Uint8Array<ArrayBuffer> } | BodyRefusal> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of request.body ?? []) {
      length += part.byteLength;
      if (length > LONGEST_BODY) return { status: 413, why: 'length' };
      parts.push(part);
    }
  } catch {
    return { status: 400, why: 'cut' };
  }
  return { bytes: new Uint8Array(Buffer.concat(parts)) };
}

async function formRefusal(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<BodyRefusal['why'] | null> {
  let form: FormData;
  try {
    form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  } catch {
    return 'form';
  }
  const root = form.get('0');
  if (typeof root !== 'string') return 'form';
  return textRefusal(root, true);
}

function textRefusal(text: string, hasParts: boolean): BodyRefusal['why'] | null {
  if (isTooDeep(text)) return 'depth';
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return 'json';
  }
  if (!Array.isArray(root)) return 'json';
  return hasStrangeReference(root, root, hasParts) ? 'reference' : null;
}

/** Counted before it is parsed, as what walks it recurses. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}

function hasStrangeReference(value: unknown, root: unknown, hasParts: boolean): boolean {
  if (typeof value === 'string') return value.startsWith('$') && !isReadable(value, root, hasParts);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((one) => hasStrangeReference(one, root, hasParts));
}

/** With parts (files, maps) more spellings are possible than are known here; only what leads to inherited names is refused. */
function isReadable(text: string, root: unknown, hasParts: boolean): boolean {
  if (VALUE.test(text)) return true;
  if (hasParts) return !INHERITED.test(text);
  if (!REFERENCE.test(text)) return false;
  let at: unknown = root;
  for (const name of text.split(':').slice(1)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return false;
    at = Reflect.get(at, name);
  }
  return true;
}
