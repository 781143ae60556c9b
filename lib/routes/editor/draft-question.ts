import { z } from 'zod';
import { FIELDS, type RouteFields } from './route-fields.ts';
import { jsonValue } from '#lib/omni/json.ts';

const id = z.uuid().toLowerCase();

/** A route that is not saved. Values are not checked here: nothing of them is sent to Omni. */
const draft = z.strictObject({
  id: id.nullable(),
  target: z
    .discriminatedUnion('scope', [
      z.strictObject({ scope: z.literal('chat'), chatId: id }),
      z.strictObject({ scope: z.literal('user'), personId: id }),
    ])
    .nullable(),
  fields: z
    .record(z.enum(FIELDS), jsonValue)
    .transform((fields) => ({ ...fields, isActive: fields.isActive === true, priority: 0 }) as RouteFields),
});

/** Who would answer with a draft saved. */
export const draftQuestion = z.strictObject({
  instanceId: id,
  chatId: id.nullable(),
  personId: id.nullable(),
  draft,
});

export type DraftQuestion = z.input<typeof draftQuestion>;
