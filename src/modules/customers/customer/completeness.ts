/** What makes a customer's file complete, with the weight of each part in percent (完整度, CUS-1). */
const WEIGHTS: Record<'company' | 'person', Record<string, number>> = {
  company: {
    name: 15,
    phone: 15,
    email: 5,
    city: 10,
    address: 10,
    taxNumber: 15,
    industry: 10,
    size: 5,
    source: 5,
    owner: 10,
  },
  person: {
    name: 20,
    phone: 25,
    email: 10,
    city: 10,
    address: 10,
    birthday: 10,
    occupation: 5,
    source: 5,
    owner: 5,
  },
};

/**
 * How complete a file is, 0 to 100. An address marked invalid counts as missing.
 * @param value gives a field's value by name
 */
export function completeness(value: (field: string) => unknown): number {
  const weights = WEIGHTS[value('kind') === 'person' ? 'person' : 'company'];
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  const filled = (field: string) => {
    if (field === 'address' && value('addressInvalid') === true) return false;
    const content = value(field);
    return content !== null && content !== undefined && content !== '';
  };
  const sum = Object.entries(weights).reduce(
    (points, [field, weight]) => points + (filled(field) ? weight : 0),
    0,
  );
  return Math.round((sum / total) * 100);
}
