/** The front page: the race comes alive at once, every other figure when the reader comes near it. */
import "../../src/view/style/page.css";
import "./style.css";
import "../race/main";
import { deepen } from "./deeper";
import { enliven } from "./figures";
import { tellLocking } from "./locking";

// Their sheets all come with the page, so that nothing moves when a figure comes alive.
import.meta.glob(["../*/style.css", "!../{lab,workbench,profiler}/style.css"], { eager: true });

enliven();
tellLocking();
deepen();
