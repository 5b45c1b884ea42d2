import * as z from 'zod';
import { Instant, lists, route, warning } from '../../shared/http/contract.ts';
import { pipelineNotFound, stageInUse } from '../errors.ts';
import { Pipeline, PipelineFields } from './pipeline.ts';

/** sums over opportunities: signed, and without the limit of a single amount */
const Amounts = z.array(z.object({ amount: z.number(), currency: z.string() }));
const Closed = z.object({ count: z.int(), amounts: Amounts });

/** The figures of a pipeline. Amounts are in minor units, one sum per currency; `weighted` by the stage's probability. */
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
      oldestDays: z.int().nullable().describe('Whole days that the oldest opportunity has been at this stage.'),
    }),
  ),
  open: z.object({ count: z.int(), amounts: Amounts, weighted: Amounts }),
  won: Closed,
  lost: Closed,
});

export const pipelineRoutes = {
  putPipeline: route('PUT /v1/pipelines/{id}', {
    summary: 'Create or replace a pipeline: its stages in order, each with its probability of winning and its rules',
    scope: 'settings.admin',
    body: PipelineFields,
    reply: warning(Pipeline),
    location: ({ id }) => `/v1/pipelines/${id}`,
    errors: [stageInUse],
    example: {
      name: 'New cars',
      stages: [
        { id: 'enquiry', name: 'Enquiry', probability: 0.1 },
        { id: 'test-drive', name: 'Test drive', probability: 0.35 },
        {
          id: 'offer',
          name: 'Offer',
          probability: 0.6,
          forecast: 'commit',
          required: ['amount'],
          stalledAfter: 'P21D',
        },
      ],
    },
  }),
  listPipelines: route('GET /v1/pipelines', {
    summary: 'List pipelines; `default` is built in until it is replaced',
    scope: 'sales.read',
    ...lists(Pipeline),
  }),
  readPipeline: route('GET /v1/pipelines/{id}', {
    summary: 'Read a pipeline',
    scope: 'sales.read',
    reply: Pipeline,
    errors: [pipelineNotFound],
  }),
  readSnapshot: route('GET /v1/pipelines/{id}/snapshot', {
    summary: 'Read the figures of a pipeline: count, amounts and age by stage, and what was won and lost',
    scope: 'sales.read',
    reply: Snapshot,
    errors: [pipelineNotFound],
  }),
};
