import 'server-only';
import { fold } from '#lib/text/fold.ts';
import { phoneWays, unquoted, type PlainPerson, type Searchable } from '#lib/persons/directory/search-rank.ts';

/** What one person is kept as: the fields as they are compared and as Omni answers them. `id`: '' where it is kept elsewhere. */
export type KeptPerson = PlainPerson & Searchable;

/** In place of a text: it is that of the field it is compared as, or null. */
const [SAME, NULL] = ['\u0002', '\u0003'];
const ESCAPE = '\u0001';
const ESCAPED = [ESCAPE, SAME, NULL, '\t', '\n'];
const [TO_ESCAPE, WAS_ESCAPED] = [new RegExp(`[${ESCAPED.join('')}]`, 'g'), new RegExp(`${ESCAPE}(\\d)`, 'g')];

/**
 * A person as one line without a line break: the fields, and after them whatever else `matcherOf` may find of them. What is searched for
 * stands in it as it is.
 */
export function writeLine(person: KeptPerson): string {
  const { name, email, phone, key, written } = person;
  const same = (text: string | null, other: string) => (text === null ? NULL : text === other ? SAME : escaped(text));
  const searched = new Set([unquoted(name), ...(phone ? [...phoneWays(person), fold(phone)] : [])]);
  for (const text of [name, email, phone, '']) searched.delete(text);
  return [
    escaped(name),
    escaped(email),
    escaped(phone),
    same(key, phone),
    same(written, key),
    same(person.displayName, name),
    same(person.primaryPhone, phone),
    same(person.primaryEmail, email),
    escaped(person.id),
    ...searched,
  ].join('\t');
}

/**
 * The fields of a line as they are compared, each cut out when it is asked for: 50,000 lines are read for one letter, and of most of them the
 * name alone.
 */
export class LineFields implements PlainPerson {
  readonly place: number;
  readonly #line: string;
  #rest: PlainPerson | undefined;
  readonly name: string;

  constructor(line: string, place: number) {
    this.#line = line;
    this.place = place;
    const name = line.slice(0, line.indexOf('\t'));
    this.name = name.includes(ESCAPE) ? unescaped(name) : name;
  }

  get email(): string {
    return this.#plain().email;
  }

  get phone(): string {
    return this.#plain().phone;
  }

  get key(): string {
    return this.#plain().key;
  }

  get written(): string {
    return this.#plain().written;
  }

  #plain(): PlainPerson {
    return (this.#rest ??= plainOf(this.#line));
  }
}

/** All fields of a line as they are compared. */
function plainOf(line: string): PlainPerson {
  const name = line.indexOf('\t');
  const email = line.indexOf('\t', name + 1);
  const phone = line.indexOf('\t', email + 1);
  const key = line.indexOf('\t', phone + 1);
  const written = line.indexOf('\t', key + 1);
  const whole = line.includes(ESCAPE) ? unescaped : asIs;
  const ownPhone = whole(line.slice(email + 1, phone));
  const ownKey = line[phone + 1] === SAME ? ownPhone : whole(line.slice(phone + 1, key));
  return {
    name: whole(line.slice(0, name)),
    email: whole(line.slice(name + 1, email)),
    phone: ownPhone,
    key: ownKey,
    written: line[key + 1] === SAME ? ownKey : whole(line.slice(key + 1, written)),
  };
}

/** The person that a line was written from. */
export function readLine(line: string): KeptPerson {
  const plain = plainOf(line);
  const [displayName = '', primaryPhone = '', primaryEmail = '', id = ''] = line.split('\t', 9).slice(5);
  const shown = (part: string, same: string) => (part === NULL ? null : part === SAME ? same : unescaped(part));
  return {
    ...plain,
    id: unescaped(id),
    displayName: shown(displayName, plain.name),
    primaryPhone: shown(primaryPhone, plain.phone),
    primaryEmail: shown(primaryEmail, plain.email),
  };
}

function escaped(text: string): string {
  return text.replaceAll(TO_ESCAPE, (one) => `${ESCAPE}${ESCAPED.indexOf(one)}`);
}

function unescaped(part: string): string {
  return part.includes(ESCAPE) ? part.replaceAll(WAS_ESCAPED, (_, at: string) => ESCAPED[Number(at)] ?? '') : part;
}

const asIs = (part: string) => part;
