import { messagingSettingsChanged } from '../../events/message.ts';
import type { Handler } from '../shared/http/contract.ts';
import { created, emit, insert, update } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { messagingSettings } from './settings.ts';

export const changeSettings: Handler<typeof routes.changeSettings> = async ({ body }, { now, store }) => {
  const before = await store.get(messagingSettings, {});
  const said = emit(messagingSettingsChanged, { about: 'messaging', data: body });
  if (!before) {
    const settings = created(now, body);
    return store.commit([insert(messagingSettings, settings), said], settings);
  }
  const settings = { ...body, version: before.version + 1, createdAt: before.createdAt, updatedAt: now };
  return store.commit([update(messagingSettings, before, settings), said], settings);
};
