import * as z from 'zod';
import { Condition } from '../../shared/conditions/condition.ts';
import { line, UserId } from '../../shared/fields.ts';
import { stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import type { Store } from '../../shared/store/store.ts';
import { Duration } from '../../shared/time/duration.ts';
import { pipelineNotFound } from '../errors.ts';

const required = ['amount', 'closeOn', 'ownerId', 'source', 'team', 'competitors'] as const;

/** also the id of a stage */
export const PipelineId = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,39}$/,
    'must be 1 to 40 lower-case letters, digits and dashes, not starting with a dash',
  );

export const Category = z.enum(['omit', 'pipeline', 'best', 'commit']);
export type Category = z.output<typeof Category>;

const TaskTemplate = z.strictObject({
  subject: line(300),
  dueIn: Duration.optional(),
  assignedTo: UserId.describe('default: the owner of the opportunity').optional(),
});

export const Stage = z.strictObject({
  id: PipelineId,
  name: z.string().trim().min(1).max(100),
  probability: z.number().min(0).max(1).describe('The probability of winning from this stage.'),
  forecast: Category.describe('what its opportunities are counted under').optional(),
  entry: Condition.describe('over an opportunity: whether it can come to this stage').optional(),
  exit: Condition.describe('over an opportunity: whether it can go on from this stage, or be won').optional(),
  required: z.array(z.enum(required)).max(required.length).describe('fields that it must have to come here').optional(),
  tasks: z.array(TaskTemplate).max(20).describe('created when an opportunity comes here').optional(),
  stalledAfter: Duration.describe('an opportunity that is here for longer has stalled').optional(),
});
export type Stage = z.output<typeof Stage>;

/** the fields that clients write; the stages in their order */
export const PipelineFields = z.strictObject({
  name: z.string().trim().min(1).max(100),
  stages: z
    .array(Stage)
    .min(1)
    .max(30)
    .refine(stages => new Set(stages.map(({ id }) => id)).size === stages.length, 'has two stages with the same id'),
  reasons: z
    .strictObject({ won: z.array(line(500)).max(50).optional(), lost: z.array(line(500)).max(50).optional() })
    .describe('the reasons that can be given; without, any')
    .optional(),
});

export const Pipeline = z.object({ id: PipelineId, ...PipelineFields.shape, ...stamps });
export type Pipeline = z.output<typeof Pipeline>;

export const pipelines = entity('pipeline', Pipeline, { onErase: 'not-personal', lists: { all: { by: () => 'all' } } });

const epoch = '1970-01-01T00:00:00.000Z';

/** the pipeline of a company that has defined none */
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

/** more than any company defines */
const most = 1000;

/** Every pipeline by its id, the built-in one unless it has been replaced. */
export const allPipelines = async (store: Store): Promise<Pipeline[]> => {
  const { items } = await store.list(pipelines, 'all', 'all', { limit: most, upwards: true });
  const replaced = items.some(({ id }) => id === builtIn.id);
  return [...(replaced ? [] : [builtIn]), ...items].sort((a, b) => (a.id < b.id ? -1 : 1));
};

/** A pipeline, or the built-in one until it has been replaced; refuses with 404 when it does not exist. */
export const pipelineById = async (store: Store, id = builtIn.id): Promise<Pipeline> => {
  const found = await store.get(pipelines, { id });
  if (found) return found;
  if (id === builtIn.id) return builtIn;
  throw pipelineNotFound(`The pipeline ${id} does not exist.`);
};

/** what the opportunities of a stage are counted under; of one that the pipeline lost: nothing */
export const categoryOf = ({ stages }: Pipeline, stage: string): Category => {
  const found = stages.find(({ id }) => id === stage);
  return found ? (found.forecast ?? 'pipeline') : 'omit';
};
