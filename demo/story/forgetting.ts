import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { canonicalJson } from '../../functions/shared/text/canonical-json.ts';
import { RequestFailed } from '../crm.ts';
import { herWish } from './heroine.ts';
import { type Scene, type Step, tracks } from './scene.ts';

type Line = { kind: string };
type Receipt = {
  id: string;
  state: string;
  covered: { area: string; what: string; count: number }[];
  elsewhere: unknown[];
  keyId: string;
  signature: string;
};

/** how many of each, the most first */
const counted = (names: string[]) => {
  const counts = Object.entries(Object.groupBy(names, name => name)).map(
    ([name, all = []]) => [name, all.length] as const,
  );
  return counts.sort(([, a], [, b]) => b - a).map(([name, count]) => `${count} ${name}`);
};

/** all that is held of her, in the file she is given */
const givenHerFile = async ({ crm, tell, her, id }: Scene) => {
  const file: string = await crm.ask('GET /v1/customers/{id}/export', { params: { id } });
  const lines = file
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Line);
  const kinds = counted(lines.slice(1).map(({ kind }) => kind));
  tell.expect(file.includes(her.email) && file.includes(her.plate), 'her file says who she is and what she drives');
  tell.crmDid(`${lines.length} lines of JSON: ${kinds.slice(0, 8).join(', ')} …`);
};

/** what anybody can do who was shown a receipt, without an account */
const isSigned = async ({ crm }: Scene, { signature, ...signed }: Receipt) => {
  const { keys }: { keys: (JsonWebKey & { kid: string })[] } = (await crm.follow(`${crm.url}/v1/erasures/keys`)).body;
  const jwk = keys.find(({ kid }) => kid === signed.keyId);
  if (!jwk) return false;
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  return verify(null, Buffer.from(canonicalJson(signed)), key, Buffer.from(signature, 'base64url'));
};

const erased = async (scene: Scene) => {
  const { crm, tell, id } = scene;
  const erasure = await crm.ask('POST /v1/customers/{id}/erase', {
    params: { id },
    body: { reason: herWish },
  });
  await crm.idle();
  const receipt: Receipt = await crm.ask('GET /v1/erasures/{id}', { params: { id: erasure.id } });
  tell.expect(receipt.state === 'done', `she is erased, not ${receipt.state}`);
  const countsOf = (what: string) =>
    receipt.covered.flatMap(one => (one.what === what && one.count ? [`${one.count} of ${one.area}`] : [])).join(', ');
  tell.crmDid(`removed: ${countsOf('removed')}`);
  tell.crmDid(`anonymised, for the books: ${countsOf('anonymised') || 'nothing'}`);
  tell.crmDid(`named where else copies may be, and how long: ${receipt.elsewhere.length} places`);
  tell.expect(await isSigned(scene, receipt), 'the receipt is signed with the published key');
  const forged = { ...receipt, covered: [] };
  tell.expect(!(await isSigned(scene, forged)), 'a receipt that was changed is not');
  tell.crmDid(`receipt ${receipt.id} verified with the public key ${receipt.keyId.slice(0, 8)}…`);
};

const isGone = ({ crm, id }: Scene) =>
  crm.ask('GET /v1/customers/{id}/view', { params: { id } }).then(
    () => false,
    error => error instanceof RequestFailed && error.status === 410,
  );

const foundBy = async ({ crm, id }: Scene, query: Record<string, string>) =>
  (await crm.ask('GET /v1/customers', { query })).items.filter((one: { id: string }) => one.id === id).length;

/** nothing restores her: no search, no old link, no phone that is still signed in */
const forgotten = async (scene: Scene) => {
  const { crm, tell, her } = scene;
  tell.did('her old phone is switched on once more, and sends its stored events');
  await tracks(scene, 'Accessory Viewed', { name: 'Roof box 420' });
  await crm.track({ type: 'identify', userId: her.userId, anonymousId: her.anonymousId, traits: { email: her.email } });
  await crm.idle();
  const queries: Record<string, string>[] = [
    { email: her.email },
    { externalId: her.userId },
    { q: her.email },
    { q: 'Mei Lin Koh' },
  ];
  const found = await Promise.all(queries.map(query => foundBy(scene, query)));
  tell.expect(!found.some(Boolean), 'no search finds her');
  const { items } = await crm.ask('GET /v1/customers', { query: { email: her.email } });
  tell.expect(!items.length, 'no customer has her address');
  tell.expect(await isGone(scene), 'her view replies 410');
  tell.crmDid('search: no customer; her view: 410');
};

/** she asks what is known of her, and then that it be forgotten */
export const beForgotten: Step = async scene => {
  scene.tell.did('she moves abroad; what is known of her?');
  await givenHerFile(scene);
  scene.tell.did('“thank you; now please forget me”');
  await erased(scene);
  await forgotten(scene);
};
