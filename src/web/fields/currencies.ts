/** Those offered for choice; any other comes in with a file or through the API. */
export const CURRENCIES = ['CNY', 'HKD', 'USD', 'EUR', 'JPY', 'GBP', 'TWD', 'SGD'] as const;
