// Reads of JSON values that may be anything: never a throw, and undefined where there is nothing.
import { expect, it } from 'vitest';
import { wrongMember } from '../../src/client/shape.ts';
import { isJsonObject, jsonIn, jsonOrText, memberOf, textMemberOf } from '../../src/values/json.ts';

it('parses JSON, and says undefined for any other text', () => {
  expect(['{"a":1}', 'null', '', '{'].map(jsonIn)).toEqual([{ a: 1 }, null, undefined, undefined]);
  expect(['{"a":1}', 'null', '', '{'].map(jsonOrText)).toEqual([{ a: 1 }, null, '', '{']);
});

it('reads a member at a path, whatever stands on the way', () => {
  const value = { error: { code: 'NotFound', status: 404 }, list: [{ id: 'a' }], none: null };
  expect(memberOf(value, 'error', 'code')).toBe('NotFound');
  expect(memberOf(value, 'list', '0', 'id')).toBe('a');
  expect([memberOf(value, 'none', 'a'), memberOf(value, 'error', 'code', 'length'), memberOf(undefined, 'a')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect([textMemberOf(value, 'error', 'code'), textMemberOf(value, 'error', 'status')]).toEqual(['NotFound', undefined]);
});

it('reads members that an error inherits', () => {
  expect(memberOf(new TypeError('x'), 'name')).toBe('TypeError');
});

it('names the first member that is missing or has the wrong type', () => {
  const shape = { error: isJsonObject, 'error/code': (value: unknown) => typeof value === 'string' };
  expect([{ error: { code: 'a' } }, { error: {} }, { error: [] }, null].map((value) => wrongMember(value, shape))).toEqual([
    undefined,
    'error/code',
    'error',
    'error',
  ]);
});
