import * as z from 'zod';
import { entity } from '../shared/store/entity.ts';

export const Used = z.object({ kind: z.enum(['segment', 'template', 'journey', 'campaign']), id: z.string() });
export type Used = z.output<typeof Used>;

const Use = z.object({ used: Used, by: z.string(), name: z.string() });

/** Who uses a segment, template or journey, so that it is not deleted: another one, a campaign, a trigger. */
export const uses = entity('use', Use, {
  onErase: 'not-personal',
  key: ({ used, by }: Pick<z.output<typeof Use>, 'used' | 'by'>) => ({ of: [used.kind, used.id], part: `use#${by}` }),
});
