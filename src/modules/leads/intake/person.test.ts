import { expect, test } from 'vitest';
import { originsOf } from '../channel/origins.ts';
import { isSigned, signatureOf } from '../channel/secret.ts';
import { isSame, type Person } from './person.ts';

const person = (name: string | null, phone: string | null, email: string | null = null): Person => ({
  name,
  phones: phone ? [phone] : [],
  email,
});

test.each<[string, Person, Person, boolean]>([
  ['one mobile', person('王伟', '13812341234'), person('王先生', '+86 138-1234-1234'), true],
  ['one mail', person('王伟', null, 'Wang@Example.com'), person('W. Wang', null, 'wang@example.com'), true],
  ['one landline, two names', person('王伟', '0571-88888888'), person('李娜', '0571-88888888'), false],
  ['one landline, one name', person('王伟', '0571-88888888'), person('王伟', '0571 88888888'), true],
  ['one landline, no name', person(null, '0571-88888888'), person('李娜', '0571-88888888'), true],
  ['one name alone', person('王伟', '13812341234'), person('王伟', '13912341234'), false],
  ['nothing', person(null, null), person(null, null), false],
])('%s', (_what, a, b, same) => {
  expect([isSame(a, b), isSame(b, a)]).toEqual([same, same]);
});

const SECRET = 'of the installation';

test.each<[string, object, boolean]>([
  ['as it was sent', {}, true],
  ['with another body', { body: '{"name":"李娜"}' }, false],
  ['with another time', { time: '1795399300' }, false],
  ['without a signature', { signature: '' }, false],
])('a signature %s', (_how, changed, good) => {
  const time = '1795399200';
  const body = '{"name":"王伟"}';
  const sent = { time, body, signature: signatureOf(SECRET, time, body), ...changed };
  const at = (seconds: number) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toString();
  expect(isSigned(SECRET, sent, at(1795399210))).toBe(good);
  expect(isSigned(SECRET, sent, at(1795399200 + 3600))).toBe(false);
});

test.each<[string, string[], string[]]>([
  [
    'https://www.example.com\nhttp://localhost:8080',
    ['https://www.example.com', 'http://localhost:8080'],
    [],
  ],
  ['https://www.example.com/path', [], ['https://www.example.com/path']],
  [
    "https://a.com;script-src, 'self' * example.com",
    ['https://a.com'],
    ['script-src', "'self'", '*', 'example.com'],
  ],
])('the web sites of %j', (text, origins, wrong) => {
  expect(originsOf(text)).toEqual({ origins, wrong });
});
