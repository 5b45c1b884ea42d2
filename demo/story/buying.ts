import { randomUUID } from 'node:crypto';
import type { Crm } from '../crm.ts';
import type { Heroine } from './heroine.ts';
import { consent, ordering, type Scene, sgd, shown, tracks } from './scene.ts';
import type { Teller } from './telling.ts';

const car = { sku: 'VOLT-5', name: 'Auto Volt 5', price: sgd(104_900) };

/** from a stranger on the web site to somebody with a name and a history */
export const seekInformation = async (crm: Crm, tell: Teller, her: Heroine): Promise<Scene> => {
  await tell.chapter(1, 'Seek information');
  const call = async (more: object) =>
    crm.track({ anonymousId: her.anonymousId, messageId: randomUUID(), timestamp: await crm.now(), ...more });
  await call({ type: 'page', name: 'Home', context: { campaign: { source: 'google', medium: 'cpc' } } });
  await call({ type: 'track', event: 'Model Viewed', properties: { sku: car.sku, name: car.name } });
  tell.did('somebody comes by an advertisement and looks at the Auto Volt 5');
  await crm.idle();
  const unknown = await crm.ask('GET /v1/customers', { query: { email: her.email } });
  tell.expect(!unknown.items.length, 'a visitor without a name is no customer');
  await crm.move('PT20M');
  const traits = {
    email: her.email,
    firstName: 'mei lin',
    lastName: 'KOH',
    phone: '9123 4567',
    address: { country: 'SG', postalCode: '520123' },
  };
  await call({ type: 'identify', userId: her.userId, traits });
  tell.did('she signs up, in a hurry: “mei lin KOH”, 9123 4567');
  await crm.idle();
  const customer = (await crm.ask('GET /v1/customers', { query: { email: her.email } })).items[0];
  tell.expect(customer?.name === 'Mei Lin Koh' && customer.phone === '+6591234567', 'the sign-up is a tidy customer');
  const { items } = await crm.ask('GET /v1/customers/{id}/timeline', { params: { id: customer.id } });
  const before = items.filter(({ type }: { type: string }) => ['tracked.page', 'tracked.track'].includes(type)).length;
  tell.expect(before === 2, 'what she did before she signed up is on her timeline');
  tell.crmDid(`customer ${customer.name}, ${customer.phone}; her ${before} anonymous acts are hers now`);
  const scene = { crm, tell, her, id: customer.id as string };
  await crm.ask('PATCH /v1/customers/{id}', {
    params: { id: customer.id },
    body: { timeZone: 'Asia/Singapore', locale: 'en-SG' },
  });
  await consent(scene, 'granted', 'sign-up form');
  await tracks(scene, 'Price List Downloaded', { sku: car.sku, name: car.name });
  tell.did('she ticks the newsletter and downloads a price list');
  await tell.mailed('the price list of the Auto Volt 5');
  return scene;
};

/** the rest of the way to the key */
export const buy = async (scene: Scene) => {
  const { crm, tell, her, id } = scene;
  const sales = crm.as('sales');
  const advance = (opportunity: string, stage: string) =>
    sales('POST /v1/opportunities/{id}/advance', { params: { id: opportunity }, body: { stage } });

  await crm.move('P2D');
  await tell.chapter(2, 'Test and compare');
  tell.did('she asks for a test drive by the form for everybody');
  const contact = { name: 'Mei Lin Koh', email: her.email.toUpperCase() };
  const lead = await sales('POST /v1/leads', {
    body: { contact, source: 'web form', interest: car.name, value: car.price, ownerId: 'farhan' },
  });
  tell.expect(lead.customerId === id, 'the lead is hers by its e-mail address');
  const deal = await sales('POST /v1/leads/{id}/qualify', {
    params: { id: lead.id },
    body: { name: `${car.name} for Mei Lin`, pipelineId: 'new-cars' },
  });
  await advance(deal.id, 'test-drive');
  tell.crmDid(`lead recognised as hers → opportunity “${deal.name}”, ${shown(deal.amount)}, stage test-drive`);
  await tell.mailed('Your test drive is booked');

  await crm.move('P4D');
  await tell.chapter(3, 'Finance');
  await advance(deal.id, 'offer');
  await tracks(scene, 'Finance Calculated', { sku: car.sku, months: 60 });
  tell.did('with the offer in hand she tries 60 months on the finance calculator');
  await tell.mailed('Your plan over 60 months');
  const agreed = await sales('PATCH /v1/opportunities/{id}', {
    params: { id: deal.id },
    body: { amount: sgd(102_500) },
  });
  await advance(deal.id, 'finance');
  tell.crmDid(`price agreed, ${shown(agreed.amount)}, stage finance`);

  await crm.move('P2D');
  await tell.chapter(4, 'Insure');
  const { stage } = await advance(deal.id, 'insurance');
  tell.did('she takes the insurance with the car');
  const snapshot = await sales('GET /v1/pipelines/{id}/snapshot', { params: { id: 'new-cars' } });
  const here = snapshot.stages.find((one: { stage: string }) => one.stage === stage);
  tell.expect(here.count >= 1, 'the pipeline counts her at the stage insurance');
  tell.crmDid(`pipeline “${snapshot.name}”: ${here.count} at ${stage}, weighted ${shown(here.weighted[0])}`);

  await crm.move('P1D');
  await tell.chapter(5, 'Get new car');
  const won = await sales('POST /v1/opportunities/{id}/win', {
    params: { id: deal.id },
    body: { reason: 'the range' },
  });
  tell.expect(won.status === 'won' && won.leadId === lead.id, 'the opportunity is won and remembers its lead');
  const order = ordering(scene, her.order('A-2026-VOLT5'), { ...car, price: agreed.amount });
  const { number } = await order.placed;
  tell.did('she signs');
  tell.crmDid(`opportunity won (“${won.reason}”), order ${number} placed`);
  await tell.mailed();
  await crm.move('P21D');
  await order.completed();
  const vehicle = { plate: her.plate, model: car.name, year: 2026 };
  await crm.ask('PATCH /v1/customers/{id}', { params: { id }, body: { attributes: { vehicle } } });
  tell.did(`three weeks later ${her.plate} is handed over`);
  await tell.mailed('Welcome to your Auto Volt 5');
};
