// The public API: the emulator, simulated devices and the client, for test runners and tools. Nothing else.

export type { Finding } from './checks/failure.ts';
export type { Requirement } from './checks/requirement.ts';
export { type CallOptions, type Client, type ClientOptions, createClient, type TokenSource } from './client/client.ts';
export { ConnectionError } from './client/connection-error.ts';
export {
  type Closing,
  type DeviceSocket,
  type DeviceSocketOptions,
  type Line,
  type LineHandlers,
  openDeviceSocket,
  type WebSocketFactory,
} from './client/device-socket.ts';
export type { ServiceError } from './client/graph-error.ts';
export { type Trust, trustIn } from './client/node/trust.ts';
export { standardWebSocket } from './client/standard-web-socket.ts';
export type { ClientTimer as DeviceTimer } from './client/timer.ts';
export type {
  AnswerTo,
  ClientNotification,
  HistoryQuery,
  NotificationRequest,
  NotificationResponse,
  PlatformType,
  ServerMessage,
  Subscription,
} from './client/wire.ts';
export type { Outcome, RunEvent, RunListener, Summary } from './contract/engine/events.ts';
export type { ContractOptions } from './contract/options.ts';
export { type ContractResult, runContract } from './contract/run.ts';
export type {
  AdapterConnection,
  AdapterDevice,
  AdapterMessage,
  AdapterNotification,
  CreateAdapter,
  DeviceAdapter,
} from './contract/target/adapter.ts';
export { DocumentError } from './documents/document-error.ts';
export { type Emulator, type EmulatorOptions, type HttpsOptions, startEmulator } from './emulator.ts';
export { type Seed, SeedError } from './identity/registry/seed.ts';
export { KeySetError } from './identity/tokens/key-set-source.ts';
export type { TrustedIssuer } from './identity/tokens/trusted-issuer.ts';
export { StartError } from './runtime/start-options.ts';
export { createDevice } from './simulator/device.ts';
export type { Device, DeviceEvents, DeviceListeners, Waiting } from './simulator/device-api.ts';
export { DeviceError, type DeviceErrorCode } from './simulator/device-error.ts';
export type { DeviceOptions } from './simulator/device-options.ts';
export type { Received, ReceivedNotification, ReceivedToast } from './simulator/received.ts';
export type { BackOff } from './simulator/reconnection.ts';
