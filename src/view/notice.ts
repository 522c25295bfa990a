/** Notice: a place for one sentence about what just happened, read aloud when it changes. */
import { setText } from "./dom";

export type Tone = "plain" | "good" | "bad";

export class Notice {
  constructor(private readonly element: HTMLElement) {}

  say(text: string, tone: Tone = "plain"): void {
    setText(this.element, text);
    this.element.dataset.tone = tone;
  }

  /** What it says now; empty where it says nothing. */
  get text(): string {
    return this.element.textContent ?? "";
  }

  clear(): void {
    this.say("");
  }
}

/** What a thrown thing has to say. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
