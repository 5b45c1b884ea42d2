import type { Ctx } from '../shared/http/context.ts';
import { handlers, type Request } from '../shared/http/contract.ts';
import { admitted } from '../tracking/ingest-http.ts';
import { keyOutside } from '../tracking/write-key.ts';
import { visitorRoutes } from './contract.ts';
import { decideForVisitor } from './decide.ts';
import { noteOf } from './note.ts';

const sourceOf = (request: Pick<Request, 'headers'>, ctx: Ctx) =>
  admitted(keyOutside({ headers: request.headers }), ctx);

export const visitorHandlers = handlers(visitorRoutes, {
  decideForVisitor: async (request, ctx) => decideForVisitor(request.body, await sourceOf(request, ctx)),
  noteVisitorShown: async (request, ctx) =>
    noteOf(request.params.decisionId, 'shown', await sourceOf(request, ctx), { ofVisitor: true }),
  noteVisitorClicked: async (request, ctx) =>
    noteOf(request.params.decisionId, 'clicked', await sourceOf(request, ctx), { ofVisitor: true }),
});
