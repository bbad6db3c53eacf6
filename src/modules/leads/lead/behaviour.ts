import type { Behaviour, Draft } from '../../../platform/entity/behaviour.ts';
import { draftValue } from '../../../platform/entity/behaviour.ts';
import { takeDecided } from '../../../platform/entity/decided.ts';
import { findRegion } from '../../../platform/place/regions.ts';
import { parsePhones } from '../../../platform/text/phones.ts';
import { followClock, measureResponse, restartClock } from '../route/clock.ts';

/** A lead begins new, bears a name, and has a phone that can still be read. */
export const leadBehaviour: Behaviour = {
  prepare(ctx, drafts) {
    takeDecided(ctx, drafts, 'new');
    for (const draft of drafts) {
      if (!draft.before) draft.values.receivedAt ??= ctx.now;
      restartClock(ctx, draft);
      measureResponse(ctx, draft);
      nameIt(draft);
      checkPhone(draft);
      placeIt(draft);
    }
  },
  afterSave: followClock,
};

/** Who leaves only the company's name, or only a number, is called by that. */
function nameIt(draft: Draft): void {
  const { before, values, problems } = draft;
  if (before && !('name' in values)) return;
  const name = [
    values.name,
    ...['company', 'phone', 'email', 'wechat'].map((each) => draftValue(draft, each)),
  ]
    .map((each) => (typeof each === 'string' ? each.trim() : ''))
    .find(Boolean);
  if (name) values.name = [...name].slice(0, 100).join('');
  else problems.push({ path: 'name', code: 'required' });
}

function checkPhone({ values, problems, warnings }: Draft): void {
  const { phone } = values;
  if (typeof phone !== 'string') return;
  for (const code of parsePhones(phone).problems)
    (code === 'spreadsheet_damage' ? problems : warnings).push({
      path: 'phone',
      code,
      params: { value: phone },
    });
}

/** The city tells the province, by which leads are given out: a form asks for the city only. A province said is kept. */
function placeIt(draft: Draft): void {
  const { city } = draft.values;
  if (typeof city !== 'string' || draftValue(draft, 'province')) return;
  const { province } = findRegion({ city });
  if (province) draft.values.province = province.name;
}
