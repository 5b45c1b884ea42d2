import * as z from 'zod';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';

const Key = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'is 1 to 40 small letters, digits and dashes, the first not a dash');

export const Stage = z.strictObject({
  id: Key,
  name: z.string().trim().min(1).max(100),
  /** of winning from here, 0 to 1: weighs the snapshot */
  probability: z.number().min(0).max(1),
});
export type Stage = z.output<typeof Stage>;

/** what is said of a pipeline; its stages in the order they are passed */
export const PipelineSettings = z.strictObject({
  name: z.string().trim().min(1).max(100),
  stages: z
    .array(Stage)
    .min(1)
    .max(30)
    .refine(stages => new Set(stages.map(({ id }) => id)).size === stages.length, 'two stages have the same id'),
});

export const PipelineId = Key;

export const Pipeline = z.object({ id: PipelineId, ...PipelineSettings.shape, ...stamps });
export type Pipeline = z.output<typeof Pipeline>;

export const pipelines = entity('pipeline', Pipeline, { onErase: 'not-personal', lists: { all: { by: () => 'all' } } });

const epoch = '1970-01-01T00:00:00.000Z';

/** the pipeline of everybody who has not described one */
export const builtIn: Pipeline = {
  id: 'default',
  name: 'Sales',
  stages: [
    { id: 'qualified', name: 'Qualified', probability: 0.2 },
    { id: 'meeting', name: 'Meeting', probability: 0.4 },
    { id: 'proposal', name: 'Proposal', probability: 0.6 },
    { id: 'negotiation', name: 'Negotiation', probability: 0.8 },
  ],
  version: 1,
  createdAt: epoch,
  updatedAt: epoch,
};
