/** One device for each test file: every file runs in a process of its own. */
import { openDawn } from "../../src/cli/dawn";
import { type Device, openDevice } from "../../src/gpu/device";

let opened: Promise<Device> | undefined;

export function testDevice(): Promise<Device> {
  opened ??= openDawn().then(({ gpu }) => openDevice(gpu));
  return opened;
}
