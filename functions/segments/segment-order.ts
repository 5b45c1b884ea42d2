import * as z from 'zod';
import { stamps } from '../shared/http/contract.ts';
import { entity, main } from '../shared/store/entity.ts';

/** A company's one record that changes with every decision about which segments depend on which. */
export const segmentOrder = entity('segment-order', z.object({ version: stamps.version }), {
  onErase: 'not-personal',
  key: (_: object) => ({ of: ['segment-order', 'all'], part: main }),
});
