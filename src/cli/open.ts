/** Opens the device for a command: the machine's GPU through Dawn, or its software stand-in within the free memory. */
import { freemem } from "node:os";
import { type Device, openDevice } from "../gpu/device";
import { openDawn } from "./dawn";

/** Of the memory that is free, what a software adapter's fields may take. */
const memoryShare = 0.8;

const opened: Device[] = [];

/** @throws one sentence when there is no adapter */
export async function openTerminalDevice(): Promise<Device> {
  const { gpu } = await openDawn();
  const free = Math.min(freemem(), process.availableMemory?.() || Number.POSITIVE_INFINITY);
  const device = await openDevice(gpu, { softwareMemory: memoryShare * free });
  opened.push(device);
  return device;
}

/** Resolves when no device has work in hand any more. */
export async function settleDevices(): Promise<void> {
  await Promise.allSettled(opened.map((device) => device.settled()));
}
