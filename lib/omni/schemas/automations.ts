import { z } from 'zod';

/** Name and state only: conditions and actions hold other services' addresses and secrets. */
const automation = z.object({ id: z.string(), name: z.string(), enabled: z.boolean().optional() });

/** The rows in which one of `ids` stands anywhere, without what stands around it. */
export function automationsNaming(ids: readonly string[]) {
  const wanted = ids.map((id) => id.toLowerCase());
  const row = z.looseObject(automation.shape).transform((whole) => {
    const text = JSON.stringify(whole).toLowerCase();
    return { ...automation.parse(whole), ids: wanted.filter((id) => text.includes(id)) };
  });
  return z.object({ items: z.array(row) }).transform((answer) => answer.items.filter((one) => one.ids.length > 0));
}

export type NamingAutomation = z.infer<ReturnType<typeof automationsNaming>>[number];
