// The public API: the emulator, simulated devices and the client, for test runners and tools. Nothing else.
export { type Client, type ClientOptions, createClient, type TokenSource } from './client/client.ts';
export { ConnectionError } from './client/connection-error.ts';
export { type DeviceSocket, type DeviceSocketOptions, openDeviceSocket, type WebSocketFactory } from './client/device-socket.ts';
export type {
  ClientNotification,
  NotificationRequest,
  NotificationResponse,
  PlatformType,
  ServerMessage,
  Subscription,
} from './client/wire.ts';
export { type Emulator, type EmulatorOptions, startEmulator } from './emulator.ts';
export { type Seed, SeedError } from './identity/seed.ts';
export { StartError } from './runtime/listen.ts';
export { createDevice } from './simulator/device.ts';
export { DeviceError, type DeviceErrorCode } from './simulator/device-error.ts';
export type { Device, DeviceEvents } from './simulator/device-face.ts';
export type { DeviceOptions } from './simulator/device-options.ts';
export type { Received, ReceivedNotification, ReceivedToast } from './simulator/received.ts';
export { DocumentError } from './spec/document-error.ts';
