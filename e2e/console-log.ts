/** What the console's process printed while a test ran. */
export type ConsoleLog = {
  lines: () => string[];
  /** Errors and warnings that match are what this test is about. */
  expectLogged: (pattern: RegExp) => void;
  unexpected: () => string[];
};

const TROUBLE = /"level":\s*"?(error|warn|fatal|50|40|60)\b|\b(error|warn(ing)?|fatal|exception|unhandled\w*)\b|⨯|⚠/i;

/** Reads on from where `all` ends now. */
export function watchLog(all: readonly string[]): ConsoleLog {
  const start = all.length;
  const expected: RegExp[] = [];
  const lines = () => all.slice(start);
  return {
    lines,
    expectLogged: (pattern) => void expected.push(pattern),
    unexpected: () => lines().filter((line) => TROUBLE.test(line) && !expected.some((pattern) => pattern.test(line))),
  };
}
