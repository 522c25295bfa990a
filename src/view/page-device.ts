/** The page's one device: its figures share it, and the first to find it lost opens it anew. */
import { type Device, openDevice } from "../gpu/device";

/** Where a software adapter may put fields: the tab shares the machine's memory with everything else. */
const softwareMemory = 1 << 30;

let opened: Promise<Device> | undefined;

/** @throws one sentence where this browser has no WebGPU */
export async function pageDevice(): Promise<Device> {
  const before = opened;
  const device = await before?.catch(() => undefined);
  if (device && !device.lostReason()) return device;
  if (opened === before) opened = openDevice(navigator.gpu, { softwareMemory });
  return opened!;
}
