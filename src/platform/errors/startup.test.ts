import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { explainListenError, StartupError } from './startup.ts';

test('a port in use is named, with what to do about it', async () => {
  const first = createServer().listen(0, '127.0.0.1');
  await once(first, 'listening');
  const { port } = first.address() as AddressInfo;
  const second = createServer().listen(port, '127.0.0.1');
  const [error] = await once(second, 'error');
  const explained = explainListenError(error, port);
  expect(explained).toBeInstanceOf(StartupError);
  expect(explained).toMatchObject({
    code: 'port-in-use',
    message: expect.stringMatching(new RegExp(`端口 ${port}.*\n.*Port ${port}`)),
  });
  first.close();
});

test.each([
  ['EADDRINUSE', 65535, 'port-in-use', 'PORT=3000'],
  ['EACCES', 80, 'port-refused', 'PORT=3000'],
])('%s at port %i', (code, port, explained, advice) => {
  const error = explainListenError(Object.assign(new Error(), { code }), port);
  expect(error).toMatchObject({ code: explained, message: expect.stringContaining(advice) });
});

test('any other error stays what it is', () => {
  const error = new Error('something else');
  expect(explainListenError(error, 3000)).toBe(error);
});
