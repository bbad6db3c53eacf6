import { describe, expect, it } from 'vitest';
import { permissionsSchema, SCOPES as STORED_SCOPES } from '../../platform/access/permissions.ts';
import { ACTIONS as STORED_ACTIONS } from '../../platform/entity/types.ts';
import { ACTIONS, SCOPES, withAction, withCommand, withFieldRight } from './permissions.ts';

describe('role permissions', () => {
  it('offers exactly the scopes and actions the server knows', () => {
    expect(SCOPES).toEqual(STORED_SCOPES);
    expect(ACTIONS).toEqual(STORED_ACTIONS);
  });

  it('a right to change brings the right to read', () => {
    const next = withAction({}, 'customer', 'update', 'self');
    expect(next).toEqual({ entities: { customer: { actions: { read: 'self', update: 'self' } } } });
    expect(permissionsSchema.parse(next)).toEqual(next);
  });

  it('a wider right to read stays when another action is added', () => {
    const start = withAction({}, 'customer', 'read', 'all');
    expect(withAction(start, 'customer', 'update', 'self').entities?.customer?.actions).toEqual({
      read: 'all',
      update: 'self',
    });
  });

  it('without the right to read nothing is left', () => {
    const start = withAction(withAction({}, 'customer', 'update', 'self'), 'task', 'read', 'all');
    expect(withAction(start, 'customer', 'read', null)).toEqual({
      entities: { task: { actions: { read: 'all' } } },
    });
  });

  it('chosen departments go with the last chosen scope', () => {
    const start = {
      entities: { customer: { actions: { read: 'chosen' as const }, departments: ['d'] } },
    };
    expect(withAction(start, 'customer', 'export', 'all').entities?.customer).toHaveProperty('departments');
    expect(withAction(start, 'customer', 'read', 'all').entities?.customer).toEqual({
      actions: { read: 'all' },
    });
  });

  it('a field right of write is no word at all', () => {
    const masked = withFieldRight(withAction({}, 'customer', 'read', 'all'), 'customer', 'phone', 'masked');
    expect(masked.entities?.customer?.fields).toEqual({ phone: 'masked' });
    expect(withFieldRight(masked, 'customer', 'phone', 'write').entities?.customer).toEqual({
      actions: { read: 'all' },
    });
  });

  it('commands are given once and taken back', () => {
    const on = withCommand(withCommand({}, 'user', 'invite', true), 'user', 'invite', true);
    expect(on.entities?.user?.commands).toEqual(['invite']);
    expect(withCommand(on, 'user', 'invite', false)).toEqual({ entities: {} });
  });
});
