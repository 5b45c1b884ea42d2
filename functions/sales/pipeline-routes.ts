import * as z from 'zod';
import { Instant, page, paging, route } from '../shared/http/contract.ts';
import { Pipeline, PipelineSettings } from './pipeline.ts';

/** sums over several opportunities, signed and without the limit of one */
const Sum = z.object({ amount: z.number(), currency: z.string() });
const Amounts = z.array(Sum);
const Closed = z.object({ count: z.int(), amounts: Amounts });

/** A pipeline at a glance. Amounts are in minor units, one sum a currency; `weighted` by the stage's probability. */
export const Snapshot = z.object({
  pipelineId: z.string(),
  name: z.string(),
  at: Instant,
  stages: z.array(
    z.object({
      stage: z.string(),
      name: z.string(),
      probability: z.number(),
      count: z.int(),
      amounts: Amounts,
      weighted: Amounts,
      /** whole days that the one longest at this stage has been there */
      oldestDays: z.int().nullable(),
    }),
  ),
  open: z.object({ count: z.int(), amounts: Amounts, weighted: Amounts }),
  won: Closed,
  lost: Closed,
});

export const pipelineRoutes = {
  putPipeline: route('PUT /v1/pipelines/{id}', {
    summary: 'Describe a pipeline: its stages in order, each with the probability of winning from it',
    scope: 'settings.admin',
    body: PipelineSettings,
    reply: Pipeline,
    location: ({ id }) => `/v1/pipelines/${id}`,
    errors: ['pipeline.stage-in-use'],
    example: {
      name: 'New cars',
      stages: [
        { id: 'enquiry', name: 'Enquiry', probability: 0.1 },
        { id: 'test-drive', name: 'Test drive', probability: 0.35 },
        { id: 'offer', name: 'Offer', probability: 0.6 },
      ],
    },
  }),
  listPipelines: route('GET /v1/pipelines', {
    summary: 'Every pipeline; `default` is built in until it is described',
    scope: 'sales.read',
    query: z.strictObject(paging),
    reply: page(Pipeline),
  }),
  readPipeline: route('GET /v1/pipelines/{id}', { summary: 'Read a pipeline', scope: 'sales.read', reply: Pipeline }),
  readSnapshot: route('GET /v1/pipelines/{id}/snapshot', {
    summary: 'A pipeline at a glance: count, amounts and age of what stands at each stage, and what was won and lost',
    scope: 'sales.read',
    reply: Snapshot,
    errors: ['pipeline.not-found'],
  }),
};
