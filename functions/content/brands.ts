import { brandChanged } from '../../events/template.ts';
import { env } from '../shared/aws/env.ts';
import { Slug } from '../shared/fields.ts';
import { invalid } from '../shared/http/api-error.ts';
import { handlers } from '../shared/http/contract.ts';
import { eventOf } from '../shared/store/changes.ts';
import { listShared } from '../shared/store/record-page.ts';
import { putById, readById } from '../shared/store/records.ts';
import { type Brand, brands, isAligned } from './brand.ts';
import { brandRoutes } from './brand-routes.ts';

const refuseForeignSender = async ({ senderAddress }: Pick<Brand, 'senderAddress'>) => {
  const verified = env.mailFrom();
  if (!senderAddress || isAligned(senderAddress, verified)) return undefined;
  const message = `is not of the domain of ${verified}, which DKIM signs for: mailboxes would refuse it`;
  throw invalid([{ path: 'senderAddress', message }]);
};

export const brandHandlers = handlers(brandRoutes, {
  putBrand: putById(brands, Slug, {
    check: refuseForeignSender,
    changes: brand => [eventOf(brandChanged, brand, { brandId: brand.id })],
  }),
  readBrand: readById(brands),
  listBrands: listShared(brands),
});
