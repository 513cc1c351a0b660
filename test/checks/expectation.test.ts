// A validator's message is rewritten as an expectation.
import { describe, expect, it } from 'vitest';
import { expectationOf } from '../../src/checks/expectation.ts';

describe('the expectation of a message', () => {
  it.each([
    ['must be one of None, High', '/priority to be one of None, High'],
    ['must not be empty', '/priority not to be empty'],
    ['must not be sent', '/priority not to be sent'],
    ['must have at least one item', '/priority to have at least one item'],
    ['is required', '/priority to be given'],
    ['is required with payload', '/priority to be given with payload'],
    ['is sent', '/priority to be sent'],
    ['is not known here', '/priority not to be given'],
    ['is not allowed', '/priority not to be given'],
    ['is not valid JSON', '/priority to be valid JSON'],
    ['needs at least one of a, b', '/priority to have at least one of a, b'],
    ['lacks an item', '/priority to have an item'],
    ['matches no alternative', '/priority to match one of the alternatives'],
    ['odd', '/priority to be valid: odd'],
  ])('of %s is: %s', (message, expected) => expect(expectationOf('/priority', message)).toBe(expected));
});
