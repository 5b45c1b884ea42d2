import type { Scene, Step } from './scene.ts';

const words = { subject: 'Brake noise after the service', description: 'Squeals when cold, and I got no call back.' };

const caseOf = ({ crm }: Scene, id: string) => crm.as('agent')('GET /v1/cases/{id}', { params: { id } });

/** routed to who knows brakes, and answered in time */
const answered = async (scene: Scene, id: string) => {
  const { crm, tell } = scene;
  const reply = (body: object) => crm.as('agent')('POST /v1/cases/{id}/reply', { params: { id }, body });
  await crm.idle();
  const { number, category, priority, queue, agentId, status, sla } = await caseOf(scene, id);
  tell.expect(agentId === 'ben' && status === 'assigned', `the case goes to Ben, not ${agentId}`);
  tell.crmDid(`case ${number}: ${category}, ${priority}, queue ${queue} → ${agentId}; due ${sla.firstResponseDueAt}`);
  await tell.mailed(`[${number}] We have received`);
  await crm.move('PT30M');
  await reply({ body: 'Sorry! New pads are in; may I come by on Thursday?' });
  tell.did('Ben answers');
  await tell.mailed(`[${number}] Re: Brake noise`);
  const now = await caseOf(scene, id);
  tell.expect(now.sla.firstRespondedAt && !now.sla.breached.length, 'the first answer was in time');
  await reply({ body: 'Thursday is fine.', from: 'customer' });
};

/** resolved, rated by the link in the mail, and closed when there is no objection */
const resolved = async (scene: Scene, id: string) => {
  const { crm, tell } = scene;
  const body = { resolution: 'New brake pads fitted at her home.' };
  const { number } = await crm.as('agent')('POST /v1/cases/{id}/resolve', { params: { id }, body });
  tell.did('new pads, fitted at her door');
  const [mail] = await tell.mailed(`[${number}] How did we do?`);
  const link = /https?:\/\/\S+\/v1\/satisfaction\/\S+/.exec(mail?.text ?? '')?.[0] ?? '';
  await crm.follow(link, { score: 5, comment: 'At my door!' });
  const { status, satisfaction } = await caseOf(scene, id);
  tell.expect(status === 'resolved' && satisfaction?.score === 5, 'the case is resolved and rated 5');
  tell.crmDid(`case ${number} resolved, rated ${satisfaction.score} of 5: “${satisfaction.comment}”`);
  await crm.move('P30D');
  await crm.idle();
  tell.expect((await caseOf(scene, id)).status === 'closed', 'a month without objection closes the case');
  tell.crmDid(`case ${number} closed, as there was no objection`);
};

/** something goes wrong, and is put right */
export const complain: Step = async scene => {
  const { crm, tell, id: customerId } = scene;
  tell.did(`“${words.subject}. ${words.description}”`);
  const body = { customerId, ...words, type: 'complaint', channel: 'web' };
  const { id } = await crm.as('agent')('POST /v1/cases', { body });
  await answered(scene, id);
  await crm.move('P1D');
  await resolved(scene, id);
};
