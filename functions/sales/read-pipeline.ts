import type { UseCase } from '../shared/http/contract.ts';
import { needPipeline } from './pipeline-reads.ts';
import type { pipelineRoutes } from './pipeline-routes.ts';

export const readPipeline: UseCase<typeof pipelineRoutes.readPipeline> = ({ params }, { store }) =>
  needPipeline(store, params.id);
