import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

/** Ends the process with a sentence and the usage. */
export function refuse(sentence: string, usage: string): never {
  console.error(`${sentence}\n${usage}`);
  return process.exit(1);
}

/** The flags of a script. `--help` prints `usage` and ends the process with 0; a flag that does not exist, with 1 and a sentence. */
export function flagsFor<T extends ParseArgsOptionsConfig>(usage: string, options: T, allowPositionals = false) {
  if (process.argv.slice(2).some((word) => word === '--help' || word === '-h')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parseArgs({ options, allowPositionals });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error), usage);
  }
}

/** A flag that is a whole number from 1 to `max`. */
export function numberFlag(usage: string, name: string, text: string, max: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  return refuse(`--${name} must be a number from 1 to ${max}, not "${text}".`, usage);
}
