// Gives members the names of the document, whatever their letter case (F50). An object in the documented spelling costs one look-up per member.
import type { Violation } from '../domain/errors.ts';

/** One pass over a value: where it is, and what cannot be normalised. */
export interface Pass {
  /** Names and indexes that lead to the value. */
  readonly path: (string | number)[];
  readonly violations: Violation[];
}

/** @param names the members of the document */
export function renaming(names: readonly string[]): (target: Record<string, unknown>, pass: Pass) => void {
  const documented = new Set(names);
  const spelling = new Map(names.map((name) => [name.toLowerCase(), name]));
  return (target, pass) => {
    let sentAs: Map<string, string> | undefined;
    for (const sent of Object.keys(target)) {
      if (documented.has(sent)) continue;
      const name = spelling.get(sent.toLowerCase());
      if (name === undefined) continue;
      if (Object.hasOwn(target, name)) {
        pass.violations.push(sentTwice(pass, sent, sentAs?.get(name) ?? name));
        continue;
      }
      sentAs ??= new Map();
      sentAs.set(name, sent);
      target[name] = target[sent];
      delete target[sent];
    }
  };
}

function sentTwice({ path }: Pass, sent: string, other: string): Violation {
  const message = `is the same member as ${other}, since names are compared without case: send one of ${sent} and ${other}`;
  return { code: 'repeated', target: pointerOf([...path, sent]), message };
}

export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((one) => `/${String(one).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
