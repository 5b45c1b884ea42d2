import { ordering, type Scene, type Step, sgd, shown } from './scene.ts';

const car = { sku: 'VOLT-7', name: 'Auto Volt 7', price: sgd(129_900) };

/** everything that was recorded about her */
const remembered = async ({ crm, tell, id }: Scene) => {
  const query = { q: 'brake pads', customerId: id };
  const { items } = await crm.as('sales')('GET /v1/search', { query });
  const [latest] = items;
  tell.expect(latest?.kind === 'case', 'what was written of her brakes is found');
  tell.crmDid(`remembers “${query.q}”: “${latest.title}” of ${latest.at.slice(0, 10)}, “${latest.excerpt}”`);
};

/** the second car, from a customer that Auto Inc. has known for years */
export const buyNewCar: Step = async scene => {
  const { crm, tell, her, id: customerId } = scene;
  const sales = crm.as('sales');
  tell.did('two children now; she calls Farhan, who sold her the first');
  await remembered(scene);
  const lead = await sales('POST /v1/leads', {
    body: { customerId, source: 'telephone', interest: car.name, value: car.price, ownerId: 'farhan' },
  });
  const { id } = await sales('POST /v1/leads/{id}/qualify', {
    params: { id: lead.id },
    body: { pipelineId: 'new-cars' },
  });
  await sales('POST /v1/opportunities/{id}/advance', { params: { id }, body: { stage: 'offer' } });
  await crm.move('P5D');
  const won = await sales('POST /v1/opportunities/{id}/win', { params: { id }, body: { reason: 'loyalty' } });
  tell.crmDid(`opportunity “${won.name}” ${won.status}, ${shown(won.amount)}`);
  const order = ordering(scene, her.order('A-2029-VOLT7'), car);
  await order.placed;
  await crm.move('P14D');
  await order.completed();
  await tell.mailed('Welcome to your Auto Volt 7');
};
