import { caseNoted } from '../../../events/case.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { emit } from '../../shared/store/changes.ts';
import type { routes } from '../contract.ts';
import { cases } from './case.ts';
import { writeMessage } from './write-message.ts';

export const noteOnCase: Handler<typeof routes.noteOnCase> = async ({ params: { id = '' }, body }, ctx) => {
  const { now, store, actor } = ctx;
  const found = await store.need(cases, { id });
  const { message, change } = writeMessage(now, found, { kind: 'note', body: body.body, actor });
  const { number, customerId } = found;
  const said = emit(caseNoted, { customerId, about: id, data: { number, messageId: message.id } });
  return store.commit([change, said], found);
};
