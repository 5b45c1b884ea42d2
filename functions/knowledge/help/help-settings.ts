import * as z from 'zod';
import { helpCentreChanged } from '../../../events/article.ts';
import { Slug } from '../../shared/fields.ts';
import { settings } from '../../shared/store/settings.ts';

export const HelpRules = z.strictObject({
  enabled: z.boolean().describe('whether the pages under /v1/help/{tenant} are shown'),
  brandId: Slug.optional().describe('the name, colour and logo of the pages; default: those of the preference page'),
});

export const HelpSettings = z.object({ ...HelpRules.shape, version: z.int().min(0) });

export const helpSettings = settings('help-centre', HelpSettings, {
  untilSet: () => ({ enabled: false }),
  changed: helpCentreChanged,
});
