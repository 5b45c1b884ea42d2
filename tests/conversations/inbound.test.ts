import { describe, expect, test } from 'vitest';
import { letter, mailWorld } from './mail-world.ts';

describe('a mail', () => {
  test('opens a case of its sender, who becomes a customer and gets an acknowledgement', async () => {
    const crm = await mailWorld();
    const done = await crm.post(letter({ from: 'Ada Tan <ada@tan.example>', text: 'It leaks.\n\n-- \nAda' }));
    expect(done).toMatchObject({
      outcome: 'case',
      automatic: null,
      message: { text: 'It leaks.', quoted: '-- \nAda' },
    });
    await crm.idle();
    const opened = await crm.readCase(done.caseId);
    expect(opened).toMatchObject({
      subject: 'Kettle',
      channel: 'email',
      from: { email: 'ada@tan.example', name: 'Ada Tan' },
    });
    expect(opened.customerId).toMatch(/^cus_/);
    const [first] = await crm.messages(done.caseId);
    expect(first).toMatchObject({
      direction: 'inbound',
      channel: 'email',
      text: 'It leaks.',
      from: { email: 'ada@tan.example' },
    });
    const [sent] = await crm.outbox('ada@tan.example');
    const header = (name: string) => sent.headers.find((one: { name: string }) => one.name === name)?.value;
    expect(header('Auto-Submitted')).toBe('auto-replied');
    expect(header('X-Auto-Response-Suppress')).toBe('All');
    expect(header('References')).toContain('@customer.example>');
  });
  test('joins its case by the signed address of the answer, by what it refers to, and by its number', async () => {
    const crm = await mailWorld();
    const { caseId } = await crm.post(letter({ id: '<first@customer.example>' }));
    await crm.idle();
    await crm.ask('POST /v1/cases/{id}/reply', { params: { id: caseId }, body: { body: 'Which kettle?' } });
    await crm.idle();
    const sent = (await crm.outbox('ada@customer.example')).at(-1);
    const replyTo = sent.headers.find((one: { name: string }) => one.name === 'Reply-To').value;
    expect(replyTo).toMatch(new RegExp(`^support\\+.*@${crm.tenant}.example$`));
    const bySigned = await crm.post(letter({ text: 'The red one.' }), replyTo.toUpperCase());
    const ours = `<${sent.messageId}@us-east-1.amazonses.com>`;
    const byOurs = await crm.post(letter({ text: 'Or blue.', headers: { 'In-Reply-To': `<x@y.example> ${ours}` } }));
    const byTheirs = await crm.post(letter({ text: 'Any news?', headers: { References: '<first@customer.example>' } }));
    const { number } = await crm.readCase(caseId);
    const byNumber = await crm.post(letter({ subject: `AW: [${number}] Kettle` }));
    expect([bySigned, byOurs, byTheirs, byNumber].map(({ outcome, caseId: id }) => [outcome, id === caseId])).toEqual(
      Array(4).fill(['thread', true]),
    );
    await crm.idle();
    expect((await crm.messages(caseId)).map(({ text }: { text: string }) => text)).toContain('The red one.');
  });
  test('of a stranger who quotes a case opens one of its own, linked to that', async () => {
    const crm = await mailWorld();
    const { caseId } = await crm.post(letter({ id: `<s${crm.tenant}@customer.example>` }));
    const { number } = await crm.readCase(caseId);
    const stranger = 'Eve <eve@elsewhere.example>';
    const byNumber = await crm.post(letter({ from: stranger, subject: `[${number}]` }));
    const byReference = await crm.post(
      letter({ from: stranger, headers: { 'In-Reply-To': `<s${crm.tenant}@customer.example>` } }),
    );
    for (const one of [byNumber, byReference]) {
      expect(one.outcome).toBe('case');
      expect(one.caseId).not.toBe(caseId);
      expect((await crm.readCase(one.caseId)).linked).toEqual([caseId]);
    }
    expect(await crm.messages(caseId)).toHaveLength(1);
  });
  test('that comes twice has no second effect', async () => {
    const crm = await mailWorld();
    const raw = letter();
    const [first, second] = [await crm.post(raw), await crm.post(raw)];
    expect(second).toMatchObject({ outcome: 'duplicate', caseId: first.caseId });
    expect(await crm.messages(first.caseId)).toHaveLength(1);
  });
  test('to an address that is no mailbox is not taken; a forged signature leads nowhere', async () => {
    const crm = await mailWorld();
    expect(await crm.post(letter(), 'nobody@nowhere.example')).toMatchObject({ status: 404 });
    const { caseId } = await crm.post(letter());
    const forged = `support+${caseId.slice(5)}-0123456789abcdef@${crm.tenant}.example`;
    const other = await crm.post(letter({ from: 'Eve <eve@e.example>' }), forged);
    expect(other.caseId).not.toBe(caseId);
    expect((await crm.readCase(other.caseId)).linked).toEqual([]);
  });
});
