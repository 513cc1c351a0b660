// Time as devices use it: that of the client, under their own name.
export { type ClientTimer as DeviceTimer, pass, realTimer } from '../client/timer.ts';
