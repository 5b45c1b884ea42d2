import type { Handler } from '../shared/http/contract.ts';
import { needPipeline } from './pipeline-reads.ts';
import type { pipelineRoutes } from './pipeline-routes.ts';

export const readPipeline: Handler<typeof pipelineRoutes.readPipeline> = ({ params }, { store }) =>
  needPipeline(store, params.id);
