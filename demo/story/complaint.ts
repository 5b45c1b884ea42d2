import type { Scene } from './scene.ts';

/** something goes wrong, and somebody who knows brakes puts it right in time */
export const complain = async ({ crm, tell, id }: Scene) => {
  const agent = crm.as('agent');
  await crm.move('P3D');
  await tell.chapter(11, 'Complain');
  tell.did('“Brake noise after the service. Squeals when cold, and nobody called back.”');
  const opened = await agent('POST /v1/cases', {
    body: {
      customerId: id,
      subject: 'Brake noise after the service',
      description: 'Squeals when cold, and nobody called back.',
      type: 'complaint',
      channel: 'web',
    },
  });
  const params = { id: opened.id };
  const read = () => agent('GET /v1/cases/{id}', { params });
  await crm.idle();
  const routed = await read();
  tell.expect(routed.agentId === 'ben' && routed.status === 'assigned', `the case goes to Ben, not ${routed.agentId}`);
  tell.crmDid(
    `case ${routed.number}: ${routed.category}, ${routed.priority}, queue ${routed.queue} → ${routed.agentId}; answer due ${routed.sla.firstResponseDueAt}`,
  );
  await tell.mailed(`[${routed.number}] We have received`);

  await crm.move('PT30M');
  await agent('POST /v1/cases/{id}/reply', {
    params,
    body: { body: 'Sorry! New pads are in; may I come by on Thursday?' },
  });
  tell.did('Ben answers');
  await tell.mailed(`[${routed.number}] Re: Brake noise`);
  const answered = await read();
  tell.expect(answered.sla.firstRespondedAt && !answered.sla.breached.length, 'the first answer was in time');
  await agent('POST /v1/cases/{id}/reply', { params, body: { body: 'Thursday is fine.', from: 'customer' } });

  await crm.move('P1D');
  await agent('POST /v1/cases/{id}/resolve', { params, body: { resolution: 'New brake pads fitted at her home.' } });
  tell.did('new pads, fitted at her door');
  const [asked] = await tell.mailed(`[${routed.number}] How did we do?`);
  const link = /https?:\/\/\S+\/v1\/satisfaction\/\S+/.exec(asked?.text ?? '')?.[0] ?? '';
  await crm.follow(link, { score: 5, comment: 'At my door!' });
  const settled = await read();
  tell.expect(settled.status === 'resolved' && settled.satisfaction?.score === 5, 'the case is resolved and rated 5');
  tell.crmDid(
    `case ${settled.number} resolved, rated ${settled.satisfaction.score} of 5: “${settled.satisfaction.comment}”`,
  );
  await crm.move('P30D');
  await crm.idle();
  tell.expect((await read()).status === 'closed', 'a month without objection closes the case');
  tell.crmDid(`case ${settled.number} closed, nobody objected`);
};
