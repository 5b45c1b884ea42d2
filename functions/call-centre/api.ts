import { Key } from '../shared/fields.ts';
import { serve } from '../shared/http/serve.ts';
import { remove } from '../shared/store/changes.ts';
import { listShared } from '../shared/store/record-page.ts';
import { changeById, putById } from '../shared/store/records.ts';
import { routes } from './contract.ts';
import { receiveCall } from './incoming.ts';
import { wrapUpCodes } from './incoming-call.ts';
import { wrapUpCall } from './wrap-up.ts';

export const handler = serve(routes, {
  receiveCall,
  wrapUpCall,
  putWrapUpCode: putById(wrapUpCodes, Key, { changes: () => [] }),
  listWrapUpCodes: listShared(wrapUpCodes),
  removeWrapUpCode: changeById(wrapUpCodes, code => ({ after: code, changes: [remove(wrapUpCodes, code)] })),
});
