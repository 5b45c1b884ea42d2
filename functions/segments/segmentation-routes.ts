import { confidentialAttribute } from '../customers/errors.ts';
import { creates, lists, type Route, route, warning } from '../shared/http/contract.ts';
import * as errors from './errors.ts';
import { State } from './segment-routes.ts';
import { Segmentation, SegmentationFields, SegmentationPatch } from './segmentation.ts';

const Shown = Segmentation.omit({ job: true }).extend({ state: State });

const example = {
  name: 'Value',
  classes: [
    { name: 'gold', condition: { event: 'order.completed', count: { gte: 5 }, within: 'P1Y' } },
    { name: 'silver', condition: { event: 'order.completed', within: 'P1Y' } },
  ],
  else: 'bronze',
};

const write = {
  scope: 'marketing.write',
  reply: warning(Shown),
  errors: [...Object.values(errors), confidentialAttribute],
} satisfies Partial<Route>;

export const segmentationRoutes = {
  createSegmentation: route('POST /v1/segmentations', {
    summary: 'Create a segmentation: each customer is in exactly one class, the first whose condition it meets',
    ...write,
    ...creates('/v1/segmentations'),
    body: SegmentationFields,
    example,
  }),
  listSegmentations: route('GET /v1/segmentations', {
    summary: 'List segmentations, newest first',
    scope: 'marketing.read',
    ...lists(Shown),
  }),
  readSegmentation: route('GET /v1/segmentations/{id}', {
    summary: 'Read a segmentation; each of its classes is a segment, with members, size and history',
    scope: 'marketing.read',
    reply: Shown,
  }),
  changeSegmentation: route('PATCH /v1/segmentations/{id}', {
    summary:
      'Change a segmentation; `classes` are replaced as a whole, and those of the same names stay what they were',
    ...write,
    body: SegmentationPatch,
    example: { else: 'others' },
  }),
  removeSegmentation: route('DELETE /v1/segmentations/{id}', {
    summary: 'Delete a segmentation and its classes',
    ...write,
    reply: Shown,
  }),
};
