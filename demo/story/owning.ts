import { consent, decisions, ordering, type Step, sgd, tracks } from './scene.ts';
import type { Mail } from './telling.ts';

const box = { sku: 'ROOF-BOX', name: 'Roof box 420', price: sgd(890) };

const unsubscribeLink = (mail: Mail | undefined) =>
  mail?.headers.find(({ name }) => name.toLowerCase() === 'list-unsubscribe')?.value.replace(/^<|>$/g, '') ?? '';

export const useCar: Step = async scene => {
  const { tell } = scene;
  await tracks(scene, 'Mileage Reported', { km: 1_240 });
  tell.did('her car reports 1,240 km');
  await tell.mailed();
  tell.crmDid('nothing to send yet, so nothing is sent');
};

/** a happy owner, who has had enough mail */
export const confirmChoice: Step = async scene => {
  const { crm, tell, id } = scene;
  await tracks(scene, 'Car Reviewed', { stars: 5 });
  tell.did('she gives it five stars');
  const [mail] = await tell.mailed('5 stars! Who should hear about it?');
  const customer = await crm.ask('GET /v1/customers/{id}', { params: { id } });
  tell.expect(customer.attributes?.tags?.includes('advocate'), 'she is tagged as an advocate');
  tell.crmDid('tagged as an advocate');
  await crm.follow(unsubscribeLink(mail), 'List-Unsubscribe=One-Click');
  await crm.idle();
  const { consents } = await crm.ask('GET /v1/customers/{id}/view', { params: { id } });
  const newsletter = consents.find(({ topic }: { topic: string }) => topic === 'newsletter');
  tell.expect(newsletter?.status === 'withdrawn', 'one click on unsubscribe withdraws her consent');
  tell.did('enough of that: one click on “unsubscribe”');
  tell.crmDid('consent to the newsletter withdrawn');
};

/** consent decides which offers she gets */
export const coverNewNeeds: Step = async scene => {
  const { tell, her } = scene;
  await tracks(scene, 'Accessory Viewed', { sku: box.sku, name: box.name });
  tell.did('a child is coming; she looks at a roof box');
  await tell.mailed();
  const why = (await decisions(scene)).find(({ kind, outcome }) => kind === 'message' && outcome === 'skipped');
  tell.expect(
    why?.reasons.some(reason => reason.includes('no consent')),
    'the decision log says why nothing is sent',
  );
  tell.crmDid(`no mail: ${why?.reasons[0]}`);
  await consent(scene, 'granted', 'showroom tablet');
  await tracks(scene, 'Accessory Viewed', { sku: box.sku, name: box.name });
  tell.did('in the showroom she takes the newsletter again, and looks once more');
  await tell.mailed('The Roof box 420 fits your Auto Volt 5');
  const order = ordering(scene, her.order('A-2027-BOX'), box);
  await order.placed;
  const { number, status } = await order.completed();
  tell.crmDid(`order ${number} ${status}`);
};

export const maintain: Step = async scene => {
  const { tell } = scene;
  await tracks(scene, 'Mileage Reported', { km: 14_800 });
  tell.did('her car reports 14,800 km');
  await tell.mailed('Your Auto Volt 5 is due for service');
  await tracks(scene, 'Service Booked', { on: 'Tuesday' });
  await tracks(scene, 'Mileage Reported', { km: 14_910 });
  tell.did('she books; the car reports once more');
  await tell.mailed();
  tell.crmDid('no second reminder: a service is booked');
};

/** safety is no matter of consent */
export const avoidTrouble: Step = async scene => {
  const { tell, her } = scene;
  await consent(scene, 'withdrawn', 'my account');
  await tracks(scene, 'Recall Issued', { part: 'brake hose' });
  tell.did('she leaves the newsletter for good; the factory recalls a part of her car');
  await tell.mailed(`Please have the brake hose of ${her.plate} checked`);
  tell.crmDid('a recall needs no consent');
};
