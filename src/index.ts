// The public API: the emulator, simulated devices and the client, for test runners and tools. Nothing else.
export type { Emulator, EmulatorOptions } from './emulator.ts';
export { StartError, startEmulator } from './emulator.ts';
export type { Seed } from './identity/seed.ts';
export { SeedError } from './identity/seed.ts';
export { DocumentError } from './spec/document-error.ts';
