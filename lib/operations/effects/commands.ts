import type { Command, CommandLines, Operation, PlannedStep } from '#lib/operations/plan/define.ts';

/**
 * The whole plan as lines for a terminal, in order, one a step. The id of what a step creates is kept in a variable where a later
 * line needs it. A step that no line can do is counted, so that nobody takes the rest for the whole; a step that is the console's own
 * business has an empty one.
 */
export function commandsOf<I, F>(
  operation: Pick<Operation<I, F>, 'steps'>,
  input: I,
  before: F,
  steps: readonly PlannedStep[],
): CommandLines {
  const marks = new Map(
    steps.map(({ id }, index) => [id, { mark: `<${crypto.randomUUID()}>`, name: `ID_${index + 1}` }]),
  );
  const created = (id: string) => marks.get(id)?.mark ?? id;
  const said = steps.map(
    ({ kind, args }) => operation.steps[kind]?.command?.({ input, before, args, created }) ?? null,
  );
  const all = said.filter((line) => line !== null);
  const lines = said.flatMap((line, index) => {
    if (!line) return [];
    const own = marks.get(steps[index]?.id ?? '');
    const isNeeded = own !== undefined && all.some((other) => other !== line && other.includes(own.mark));
    const { createdAt = '.data.id' } = operation.steps[steps[index]?.kind ?? ''] ?? {};
    return [isNeeded ? `${own.name}=$(${line} | jq -r ${createdAt})` : line];
  });
  const named = lines.map((line) =>
    [...marks.values()].reduce((text, { mark, name }) => text.replaceAll(mark, `'"$${name}"'`), line),
  );
  return said.includes(null) ? { lines: named, of: steps.length } : { lines: named };
}

/** A command of before as lines. One line for several steps does not do them all: it is counted as one. */
export function linesToday(command: Command, steps: number): CommandLines {
  if ('lines' in command) return command;
  const text = 'omni' in command ? command.omni : 'curl' in command ? command.curl : '';
  const lines = text === '' ? [] : text.split(/\n(?=omni |curl )/);
  return lines.length > 0 && lines.length < steps ? { lines, of: steps } : { lines };
}
