/** What a form can ask for, in the order it asks. */
export const FORM_FIELDS = [
  'name',
  'company',
  'jobTitle',
  'phone',
  'email',
  'wechat',
  'city',
  'product',
  'remark',
] as const;

export type FormField = (typeof FORM_FIELDS)[number];
