import { z } from 'zod';
import { settingWithDefaults } from '../../../platform/settings/setting.ts';

export const trialSettings = z.strictObject({
  /** In the company's currency: what is worth more goes out once somebody agreed. Null: nobody is asked. */
  limit: z
    .string()
    .regex(/^\d{1,12}(\.\d{1,2})?$/)
    .nullable(),
  /** Working days after the due day on which the superior is told. */
  escalateAfter: z.int().min(1).max(60),
});
export type TrialSettings = z.infer<typeof trialSettings>;

export const trialSetting = settingWithDefaults<TrialSettings>('trials', { limit: null, escalateAfter: 3 });
